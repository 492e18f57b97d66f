// Sign on the screen: the pad is there only where it can be drawn on, and what was drawn goes with the form.
"use strict";

document.querySelectorAll("form[data-mandate]").forEach((form) => {
  window.crewSignature.show(form);
  form.addEventListener("submit", () => {
    const canvas = form.querySelector("canvas");
    form.elements.drawing.value = canvas.dataset.signed ? canvas.toDataURL("image/png") : "";
  });
});
