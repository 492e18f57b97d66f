// Lets the demonstration clock tick as fast as the server's; without script it stands at the moment the page was made.
"use strict";

document.querySelectorAll(".demonstration-clock time").forEach((shown) => {
  const began = performance.now();
  const from = Date.parse(shown.dateTime);
  const speed = Number(shown.dataset.speed);
  const words = new Intl.DateTimeFormat(document.documentElement.lang, {
    day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: shown.dataset.zone,
  });
  const tick = () => {
    const now = new Date(from + (performance.now() - began) * speed);
    shown.dateTime = now.toISOString();
    shown.textContent = words.format(now);
  };
  tick();
  setInterval(tick, 1000);
});
