// The print button of papers; without script the browser's own menu prints the page as well.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("[data-print]").forEach((button) => { button.hidden = false; });
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) { window.print(); }
});
