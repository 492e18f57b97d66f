// Lets the demonstration clock tick as fast as the server's; without script it stands at the moment the page was made.
"use strict";

document.querySelectorAll(".demonstration-clock time").forEach((shown) => {
  const began = performance.now();
  const from = Date.parse(shown.dateTime);
  const speed = Number(shown.dataset.speed);
  // Swedish writes 2026-12-24 16:58, as the server does in every language.
  const words = new Intl.DateTimeFormat("sv-SE", {
    year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", timeZone: shown.dataset.zone,
  });
  setInterval(() => {
    const now = new Date(from + (performance.now() - began) * speed);
    shown.dateTime = now.toISOString();
    shown.textContent = words.format(now);
  }, 1000);
});
