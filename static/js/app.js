// The little that every page wants and HTML alone does not do. Everything works without it.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  // A form that came back with mistakes: go to the summary, so that a screen reader speaks it.
  document.querySelector(".error-summary")?.focus();
  // A secret that came behind the # of a link: into its field, and out of the address and the history.
  const secret = document.querySelector("[data-from-fragment]");
  if (secret && location.hash.length > 1) {
    secret.value = location.hash.slice(1);
    history.replaceState(null, "", location.pathname);
  }
  // A table wider than the screen can be scrolled with the keyboard too.
  document.querySelectorAll(".table-scroll:not([tabindex])").forEach((box) => { if (box.scrollWidth > box.clientWidth) box.tabIndex = 0; });
});

document.addEventListener("submit", (event) => {
  // A second click on the same button must not send the same form again while the first is under way.
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "yes";
  setTimeout(() => delete form.dataset.sent, 8000);
});

window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
});

document.addEventListener("click", async (event) => {
  const copy = event.target.closest("[data-copy]");
  if (!copy) return;
  await navigator.clipboard.writeText(copy.dataset.copy);
  copy.classList.add("copied");
  setTimeout(() => copy.classList.remove("copied"), 1500);
});
