// The board, quicker: A takes up the alarm in the row that has the focus, else the first one. Without this file the buttons do.
"use strict";

document.addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() !== "a" || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (event.target.closest("input, textarea, select")) return;
  const row = event.target.closest("tr");
  const button = (row && row.querySelector("[data-take]")) || document.querySelector("[data-take]");
  if (!button) return;
  event.preventDefault();
  button.form.requestSubmit(button);
});
