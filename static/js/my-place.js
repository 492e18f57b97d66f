/* A button under "Where?" that writes the device's coordinates into the field. Asked only when it is pressed; sent only with the form. */
(() => {
  "use strict";
  const box = document.getElementById("my-place"), field = document.getElementById("id_place");
  if (!box || !field || !navigator.geolocation || !window.isSecureContext) return;
  const button = box.querySelector("button"), told = box.querySelector("[role=status]");
  // Farther off than this an address in words leads a crew better.
  const USEFUL_METRES = 300, DENIED = 1;
  const OURS = /^-?\d{1,3}\.\d{5}, -?\d{1,3}\.\d{5}(?:; )?/;

  const say = (what, metres = 0) => { told.textContent = box.dataset[what].replace("{metres}", metres); };

  const done = (what, metres) => {
    button.disabled = false;
    say(what, metres);
  };

  function fill({ coords }) {
    const metres = Math.max(1, Math.round(coords.accuracy));
    if (metres > USEFUL_METRES) return done("vague", metres);
    const words = field.value.replace(OURS, "").trim();
    const filled = [`${coords.latitude.toFixed(5)}, ${coords.longitude.toFixed(5)}`, words].filter(Boolean).join("; ");
    if (field.maxLength > 0 && filled.length > field.maxLength) return done("full");
    field.value = filled;
    done("found", metres);
  }

  button.addEventListener("click", () => {
    button.disabled = true;
    say("asking");
    const wait = { enableHighAccuracy: true, timeout: 15000, maximumAge: 0 };
    navigator.geolocation.getCurrentPosition(fill, (error) => done(error.code === DENIED ? "refused" : "failed"), wait);
  });
  field.closest(".field").append(box);
  box.hidden = false;
})();
