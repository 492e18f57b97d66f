// The counter, quicker: keys, change as it is typed, the receipt that prints by itself. Without this file every page still works.
"use strict";

const byId = (id) => document.getElementById(id);

// Digits as clerks type them: full-width ones, comma or point. Returns minor units, or null.
function minorUnits(text) {
  const plain = text.normalize("NFKC").replace(/[\s\u00a0]/g, "").replace(",", ".");
  return /^\d+(\.\d{1,2})?$/.test(plain) ? Math.round(Number(plain) * 100) : null;
}

function showChange() {
  const total = byId("total"), tendered = byId("id_tendered"), change = byId("change");
  if (!total || !tendered || !change) return;
  const amount = Number(total.dataset.amount), given = minorUnits(tendered.value);
  const isEnough = total.dataset.amount !== undefined && given !== null && given >= amount;
  change.hidden = !isEnough;
  if (!isEnough) return;
  const form = byId("pay-form");
  const money = new Intl.NumberFormat(document.documentElement.lang, { style: "currency", currency: form.dataset.currency, currencyDisplay: "narrowSymbol" });
  change.querySelector("output").textContent = money.format((given - amount) / 100);
}

// --- a price asked for and not yet there must not be paid ---------------------------------------

let isPriceComing = false;

function askPriceNow() {
  const form = byId("quote-form");
  if (form) form.requestSubmit();
}

function hearAgain() {
  isPriceComing = true;
  byId("quote-form").dispatchEvent(new Event("input", { bubbles: true }));
}

function priceArrived() {
  isPriceComing = false;
  showChange();
}

document.addEventListener("input", (event) => {
  if (event.target.form?.id === "quote-form") {
    isPriceComing = true;
    // Volume or amount: whoever types one no longer means the other.
    const other = { id_volume: "id_amount", id_amount: "id_volume" }[event.target.id];
    if (other && event.target.value) byId(other).value = "";
  }
  if (event.target.id === "id_tendered") showChange();
});

document.addEventListener("htmx:afterSwap", priceArrived);
document.addEventListener("htmx:responseError", () => { isPriceComing = false; });
document.addEventListener("htmx:sendError", () => { isPriceComing = false; });

document.addEventListener("submit", (event) => {
  if (event.target.id === "quote-form") {
    delete event.target.dataset.sent;
    const next = document.querySelector(".pay-cash").hidden ? byId("id_slip") : byId("id_tendered");
    next?.focus();
  }
  if (event.target.id === "pay-form" && isPriceComing) {
    event.preventDefault();
    delete event.target.dataset.sent;
    askPriceNow();
  }
}, true);

// --- keys ----------------------------------------------------------------------------------------

document.addEventListener("keydown", (event) => {
  if (event.key === "F2" && byId("read-form")) { event.preventDefault(); byId("read-form").requestSubmit(); }
  if (event.key === "F9" && byId("pay-form")) { event.preventDefault(); byId("pay-form").requestSubmit(); }
  if (event.key === "Escape" && byId("find")) { byId("find").focus(); byId("find").select(); }
  // A digit typed nowhere is meant for the volume.
  if (/^[0-9]$/.test(event.key) && document.activeElement === document.body) byId("id_volume")?.focus();
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const choices = [...document.querySelectorAll(".choices button")];
  if (step && choices.length) {
    event.preventDefault();
    const here = choices.indexOf(document.activeElement);
    choices[Math.min(Math.max(here + step, 0), choices.length - 1)].focus();
  }
});

// --- only the fields of the chosen way of paying -------------------------------------------------

function showMethod() {
  const chosen = document.querySelector("#pay-form [name=method]:checked");
  if (!chosen) return;
  document.querySelector(".pay-cash").hidden = chosen.value !== "cash";
  document.querySelector(".pay-card").hidden = chosen.value === "cash";
  if (chosen.value !== "cash") byId("change").hidden = true; else showChange();
}

document.addEventListener("change", (event) => {
  if (event.target.name !== "method") return;
  showMethod();
  byId(event.target.value === "cash" ? "id_tendered" : "id_slip").focus();
});

// --- on arrival ----------------------------------------------------------------------------------

document.addEventListener("DOMContentLoaded", () => {
  showMethod();
  showChange();
  // Typed before htmx was there to hear it.
  const wish = byId("id_volume")?.value || byId("id_amount")?.value;
  if (wish && byId("total") && !byId("total").dataset.amount && !byId("quote").querySelector(".notice-error")) setTimeout(hearAgain);
  document.querySelector("#pay-form .is-invalid, #quote-form .is-invalid")?.focus();
  const sold = document.querySelector("[data-print-receipt]");
  if (sold && sold.querySelector(".hand-back")) printOnce(sold.dataset.printReceipt);
});

function printOnce(number) {
  const mark = `printed-${number}`;
  if (sessionStorage.getItem(mark)) return;
  sessionStorage.setItem(mark, "yes");
  window.print();
}
