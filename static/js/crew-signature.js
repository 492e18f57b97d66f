// A pad to sign on with a finger, a pen or a mouse. The drawing goes with the form as a picture.
"use strict";

window.crewSignature = (() => {
  function draw(canvas) {
    const pen = canvas.getContext("2d");
    let last = null;
    const spot = (event) => {
      const box = canvas.getBoundingClientRect();
      return [(event.clientX - box.left) * canvas.width / box.width, (event.clientY - box.top) * canvas.height / box.height];
    };
    const wipe = () => {
      pen.fillStyle = "#ffffff";
      pen.fillRect(0, 0, canvas.width, canvas.height);
      delete canvas.dataset.signed;
    };
    canvas.addEventListener("pointerdown", (event) => { last = spot(event); canvas.setPointerCapture(event.pointerId); });
    canvas.addEventListener("pointermove", (event) => {
      if (!last) return;
      const here = spot(event);
      pen.strokeStyle = "#10181c"; pen.lineWidth = 4; pen.lineCap = "round";
      pen.beginPath(); pen.moveTo(...last); pen.lineTo(...here); pen.stroke();
      last = here;
      canvas.dataset.signed = "yes";
    });
    ["pointerup", "pointercancel"].forEach((name) => canvas.addEventListener(name, () => { last = null; }));
    canvas.closest(".pad").querySelector("[data-wipe]").addEventListener("click", wipe);
    wipe();
  }

  return {
    show(root) {
      root.querySelectorAll(".pad[hidden]").forEach((pad) => { pad.hidden = false; draw(pad.querySelector("canvas")); });
    },
    // The drawing beside a form as a PNG; null where nobody signed.
    drawing(form) {
      const canvas = form.closest(".signing")?.querySelector("canvas");
      return canvas?.dataset.signed ? new Promise((resolve) => canvas.toBlob(resolve, "image/png")) : Promise.resolve(null);
    },
  };
})();
