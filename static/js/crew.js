// The crew's phone without signal: every step is first kept on the phone, then sent; the page goes on as if it had been.
"use strict";

(() => {
  const byId = (id) => document.getElementById(id);
  const REACHES = { accept: "accepted", set_off: "on_the_way", arrive: "on_site", finish: "done", find_nobody: "done", decline: "gone", give_back: "gone" };
  const LONG_SIDE = 1600;
  let owner, words, problem = "", taking = 0, leaving = false;

  // --- what a form says, as a step ---------------------------------------------------------------

  const number = (text) => text.normalize("NFKC").replace(/[\s\u00a0]/g, "").replace(",", ".");
  const PLAIN = ["outcome", "reason", "code", "name", "note", "part"];

  // Not randomUUID: over plain http, as inside a company's net, browsers do not have it.
  const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

  // A number that is none must not get into the batch: it would hold up everything behind it.
  function check(form) {
    const { quantity, minutes, part, cubic_metres: shown } = form.elements;
    if (shown) {
      const litres = Math.round(Number(number(shown.value)) * 1000);
      shown.setCustomValidity(shown.value.trim() !== "" && litres >= 0 && litres < 1e8 ? "" : words.register);
      const isRegister = form.reportValidity();
      shown.setCustomValidity("");
      return isRegister;
    }
    if (!quantity) return form.reportValidity();
    const amount = Number(number(quantity.value));
    const isPart = part.value !== "" && amount > 0 && minutes.value === "";
    const isLabour = part.value === "" && quantity.value.trim() === "" && minutes.value !== "";
    quantity.setCustomValidity(isPart || isLabour ? "" : words.amount);
    const isRight = form.reportValidity();
    quantity.setCustomValidity("");
    return isRight;
  }

  function stepOf(form) {
    const given = new FormData(form), told = {};
    PLAIN.forEach((name) => { if (given.get(name)) told[name] = given.get(name); });
    ["gas_ppm", "minutes"].forEach((name) => { if (given.get(name)) told[name] = Number(number(given.get(name))); });
    if (given.get("quantity")) told.quantity_milli = Math.round(Number(number(given.get("quantity"))) * 1000);
    if (given.get("cubic_metres")) told.litres = Math.round(Number(number(given.get("cubic_metres"))) * 1000);
    if (given.get("latitude")) {
      told.latitude = Number(given.get("latitude"));
      told.longitude = Number(given.get("longitude"));
      told.accuracy = Math.min(100000, Math.round(Number(given.get("accuracy"))));
    }
    const visit = Number(form.dataset.visit);
    return { owner, key: newKey(), visit, verb: form.dataset.step, device_at: new Date().toISOString(), ...told };
  }

  async function photosOf(form, step) {
    const drawing = await crewSignature.drawing(form);
    const files = drawing ? [drawing] : [...(form.querySelector("input[type=file]")?.files ?? [])];
    const photos = [];
    for (const [place, file] of files.entries()) {
      const blob = drawing ?? await smaller(file);
      photos.push({ key: `${step.key}-${place}`, owner, visit: step.visit, blob, name: file.name ?? "signature.png" });
    }
    if (step.verb === "sign") { if (photos.length) step.drawing = photos[0].key; }
    else if (photos.length) step.photos = photos.map((photo) => photo.key);
    return photos;
  }

  // A phone's photo has ten times what anybody looks at; what cannot be read here is sent as it is.
  async function smaller(file) {
    try {
      const picture = await createImageBitmap(file), share = LONG_SIDE / Math.max(picture.width, picture.height);
      if (share >= 1) return file;
      const canvas = document.createElement("canvas");
      [canvas.width, canvas.height] = [Math.round(picture.width * share), Math.round(picture.height * share)];
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      return await new Promise((resolve) => canvas.toBlob((blob) => resolve(blob ?? file), "image/jpeg", 0.85));
    } catch { return file; }
  }

  // --- where we are ------------------------------------------------------------------------------

  function place() {
    if (!navigator.geolocation) return Promise.resolve(null);
    return new Promise((resolve) => {
      const wait = { enableHighAccuracy: true, timeout: 4000, maximumAge: 30000 };
      navigator.geolocation.getCurrentPosition((found) => resolve(found.coords), () => resolve(null), wait);
    });
  }

  async function fillPlace(form) {
    const found = form.elements.latitude && await place();
    if (!found) return;
    ["latitude", "longitude", "accuracy"].forEach((name) => { form.elements[name].value = found[name]; });
  }

  // --- the page as it will be once everything is sent --------------------------------------------

  const RANK = ["offered", "accepted", "on_the_way", "on_site", "done", "gone"];

  async function showNext() {
    const next = byId("next");
    if (!next) return;
    const id = Number(next.dataset.visit), known = await crewStore.visit(id);
    const mine = (await crewStore.steps(owner)).filter((step) => step.visit === id);
    const told = known && known.version > Number(next.dataset.version) ? known.status : next.dataset.rendered ?? next.dataset.status;
    const reached = [told, ...mine.map((step) => REACHES[step.verb])].filter((status) => RANK.includes(status));
    const status = reached.reduce((one, other) => (RANK.indexOf(other) > RANK.indexOf(one) ? other : one), told);
    const page = document.querySelector(`template[data-status="${status === "gone" ? "done" : status}"]`);
    if (status !== next.dataset.status && page) {
      next.dataset.rendered ??= next.dataset.status;
      next.dataset.status = status;
      next.replaceChildren(page.content.cloneNode(true));
      crewSignature.show(next);
    }
    const isAhead = next.dataset.rendered !== undefined && next.dataset.status !== next.dataset.rendered;
    document.querySelectorAll("[data-told]").forEach((part) => { part.hidden = isAhead; });
    document.querySelectorAll("[data-ahead]").forEach((part) => { part.hidden = !isAhead; });
    const noted = new Set([...next.dataset.noted.split(" "), ...mine.map((step) => step.verb)]);
    next.querySelectorAll("[data-once]").forEach((part) => { part.hidden = noted.has(part.dataset.once); });
  }

  function fill(text, count) { return text.replace("%(count)s", count); }

  async function showQueue() {
    const [all, photos] = [await crewStore.steps(owner), await crewStore.photos(owner)];
    const steps = all.filter((step) => !step.refused);
    const refused = photos.filter((photo) => photo.refused), coming = photos.length - refused.length;
    const forms = (count) => words.counted[new Intl.PluralRules(document.documentElement.lang).select(count)] ?? words.counted.other;
    const said = [];
    if (steps.length) said.push(fill(forms(steps.length).steps, steps.length));
    if (coming) said.push(fill(forms(coming).photos, coming));
    if (!navigator.onLine) said.push(words.offline); else if (problem && said.length) said.push(problem);
    all.filter((step) => step.refused).forEach((step) => said.push(`${words.stuck} ${step.note ?? step.verb}: ${step.refused}`));
    refused.forEach((photo) => said.push(`${words.refused} ${photo.name}: ${photo.refused}`));
    byId("queue").hidden = !said.length;
    byId("queue-words").replaceChildren(...said.map((line) => Object.assign(document.createElement("span"), { textContent: line })));
    byId("queue-send").hidden = !navigator.onLine || !(steps.length || coming);
    byId("queue-sign-in").hidden = problem !== words.sign_in;
    document.querySelectorAll(".visit-line[data-visit] .kept-here").forEach((tag) => {
      const line = tag.closest("[data-visit]"), told = line.querySelector("[data-told]");
      tag.hidden = !steps.some((step) => step.visit === Number(line.dataset.visit));
      tag.textContent = words.kept;
      if (told) told.hidden = !tag.hidden;
    });
  }

  const refresh = () => Promise.all([showNext(), showQueue()]);

  // --- sending -----------------------------------------------------------------------------------

  function why(error) {
    if (error.status === 401 || error.code === "csrf_failed" || error.code === "not_authenticated") return words.sign_in;
    if (error.code === "not_in_crew") return words.not_in_crew;
    return words.trouble;
  }

  async function send() {
    if (!navigator.onLine || !owner) return;
    let sent = 0;
    try {
      sent = await crewSync.send(owner);
      problem = "";
    } catch (error) { problem = why(error); }
    await refresh();
    const isTyping = [...document.querySelectorAll(".step-form")].some((form) => form.dataset.touched);
    if (sent && !isTyping && !taking && document.querySelector("#next, .visits, .empty")) {
      leaving = true;
      location.reload();
    }
  }

  // Until the step is kept, the page must not be loaded anew because the one before has just been sent.
  async function take(form) {
    taking += 1;
    try {
      await fillPlace(form);
      const step = stepOf(form);
      await crewStore.keep(step, await photosOf(form, step));
    } finally { taking -= 1; }
    delete form.dataset.touched;
    form.reset();
    await refresh();
    await send();
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches(".sign-out")) { caches?.delete("crew-pages"); return; }
    if (!form.matches(".step-form") || !window.indexedDB) return;
    // The page is going already: what would be kept now might be lost with it, so the browser sends this form itself.
    if (leaving && navigator.onLine) { if (!check(form)) event.preventDefault(); return; }
    event.preventDefault();
    if (!check(form)) return;
    const button = form.querySelector("[type=submit]");
    button.disabled = true;
    take(form).catch(() => { form.submit(); }).finally(() => { button.disabled = false; delete form.dataset.sent; });
  }, true);

  document.addEventListener("input", (event) => { const form = event.target.closest?.(".step-form"); if (form) form.dataset.touched = "yes"; });
  document.addEventListener("click", (event) => { if (event.target.closest("#queue-send")) send(); });
  window.addEventListener("online", send);
  window.addEventListener("offline", refresh);

  document.addEventListener("DOMContentLoaded", async () => {
    const page = byId("crew");
    if (!page || !window.indexedDB) return;
    owner = page.dataset.owner;
    words = JSON.parse(byId("crew-words").textContent);
    if (navigator.storage?.persist) navigator.storage.persist().catch(() => {});
    if (navigator.serviceWorker) navigator.serviceWorker.register(page.dataset.worker, { scope: "/crew/" }).catch(() => {});
    crewSignature.show(document);
    await refresh();
    await send();
    keepPages();
    setInterval(send, 30000);
    if (byId("next")?.dataset.status === "on_the_way") setInterval(async () => { const here = await place(); if (here && navigator.onLine) crewSync.tellPlace({ latitude: here.latitude, longitude: here.longitude, accuracy: Math.round(here.accuracy) }); }, 60000);
  });

  // The list, its visits and what they are drawn with are kept on the phone before they are needed.
  async function keepPages() {
    if (!window.caches || !navigator.onLine) return;
    const parts = [...document.querySelectorAll("link[rel=stylesheet], link[rel=icon], script[src]")].map((part) => part.href || part.src);
    const pages = [byId("crew").dataset.offline, location.pathname, ...[...document.querySelectorAll("a[data-keep]")].map((link) => link.href)];
    await keepAll("crew-files", parts, "default");
    if (document.querySelector("#next, .visits, .empty")) await keepAll("crew-pages", pages, "no-store");
  }

  async function keepAll(name, addresses, cache) {
    const kept = await caches.open(name);
    for (const address of addresses) {
      const answer = await fetch(address, { cache }).catch(() => null);
      if (answer?.ok && !answer.redirected) await kept.put(address, answer);
    }
  }
})();
