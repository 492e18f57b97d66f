{% load static %}// Keeps the crew's pages on the phone: from the network while there is one, from the phone while there is none.
"use strict";

const PAGES = "crew-pages";
const FILES = "crew-files";
const OFFLINE = "{% url "fieldwork:phone_offline" %}";
const PATIENCE = 5000;

// The page for no signal is kept by the pages themselves: if that failed here, nothing would be kept at all.
self.addEventListener("install", () => { self.skipWaiting(); });

self.addEventListener("activate", (event) => { event.waitUntil(self.clients.claim()); });

const found = (name, request) => caches.open(name).then((kept) => kept.match(request, { ignoreVary: true }));

async function fresh(name, request) {
  const answer = await fetch(request);
  if (answer.ok && !answer.redirected) (await caches.open(name)).put(request, answer.clone());
  return answer;
}

async function page(request) {
  const kept = await found(PAGES, request.url);
  const late = new Promise((resolve) => { if (kept) setTimeout(resolve, PATIENCE, kept); });
  try {
    return await Promise.race([fresh(PAGES, request), late]);
  } catch {
    return kept ?? await found(PAGES, OFFLINE) ?? Response.error();
  }
}

async function file(request) {
  const kept = await found(FILES, request);
  const coming = fresh(FILES, request);
  if (!kept) return coming;
  coming.catch(() => {});
  return kept;
}

self.addEventListener("fetch", (event) => {
  const { request } = event, { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (pathname.startsWith("/static/")) event.respondWith(file(request));
  else if (pathname.startsWith("/crew/") && request.mode === "navigate") event.respondWith(page(request));
});
