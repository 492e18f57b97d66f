// Counting a till: what the pieces are worth, while they are typed. The server counts again.
"use strict";

function addUp(form) {
  let sum = 0;
  form.querySelectorAll("[data-minor]").forEach((box) => {
    sum += Number(box.dataset.minor) * (Number.parseInt(box.value.normalize("NFKC"), 10) || 0);
  });
  const output = form.querySelector("output");
  const language = document.documentElement.lang;
  output.value = (sum / 100).toLocaleString(language, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("form[data-till]").forEach(addUp));
document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-till]");
  if (form) { addUp(form); }
});
