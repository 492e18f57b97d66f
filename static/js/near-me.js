/* A button that asks the device where it is and sends the form with it. Asked only when it is pressed; nothing is kept. */
(() => {
  "use strict";
  const form = document.getElementById("near"), button = form?.querySelector("[data-near-me]");
  if (!button || !navigator.geolocation || !window.isSecureContext) return;
  const told = form.querySelector("[role=status]");
  button.hidden = false;
  button.addEventListener("click", () => {
    button.disabled = true;
    const found = ({ coords }) => {
      form.querySelector("[name=latitude]").value = coords.latitude.toFixed(4);
      form.querySelector("[name=longitude]").value = coords.longitude.toFixed(4);
      form.submit();
    };
    const failed = () => {
      button.disabled = false;
      told.textContent = button.dataset.refused;
    };
    navigator.geolocation.getCurrentPosition(found, failed, { timeout: 15000, maximumAge: 60000 });
  });
})();
