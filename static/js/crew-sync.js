// Sends what waits on the phone: steps first, in their order, then photos, one by one. Sent twice, nothing is done twice.
"use strict";

window.crewSync = (() => {
  const MOST = 200;
  let roundTrip = 0;

  const cookie = (name) => document.cookie.split("; ").find((part) => part.startsWith(`${name}=`))?.split("=")[1] ?? "";

  class NotSent extends Error {
    constructor(status, problem) { super(problem?.detail ?? ""); this.status = status; this.code = problem?.code ?? ""; }
  }

  async function post(path, body) {
    const isForm = body instanceof FormData;
    const headers = { "X-CSRFToken": cookie("csrftoken"), Accept: "application/json", "Accept-Language": document.documentElement.lang };
    if (!isForm) headers["Content-Type"] = "application/json";
    const began = performance.now();
    const answer = await fetch(`/api/v1/crew/${path}/`, { method: "POST", headers, body: isForm ? body : JSON.stringify(body) });
    if (!isForm) roundTrip = Math.round(performance.now() - began);
    const said = answer.status === 204 ? null : await answer.json().catch(() => null);
    if (!answer.ok) throw new NotSent(answer.status, said);
    return said;
  }

  async function sendSteps(owner) {
    const waiting = (await crewStore.steps(owner)).filter((step) => !step.refused).slice(0, MOST);
    if (!waiting.length) return 0;
    const sent = await sendBatch(waiting);
    return sent === MOST ? sent + await sendSteps(owner) : sent;
  }

  // One that cannot even be read must not hold up the others: alone, it stays here with the reason.
  async function sendBatch(steps) {
    try {
      return await tell(steps);
    } catch (error) {
      if (error.status !== 400) throw error;
      if (steps.length === 1) { await crewStore.putStep({ ...steps[0], refused: error.message }); return 0; }
    }
    let sent = 0;
    for (const step of steps) sent += await sendBatch([step]);
    return sent;
  }

  async function tell(steps) {
    const actions = steps.map(({ order, owner, ...action }) => action);
    const said = await post("sync", { device_now: new Date().toISOString(), round_trip_ms: roundTrip, actions });
    const later = new Set(said.results.filter((one) => one.outcome === "later").map((one) => one.key));
    for (const visit of said.visits) await crewStore.putVisit({ id: visit.id, status: visit.status, version: visit.version });
    for (const step of steps) if (!later.has(step.key)) await crewStore.dropStep(step.order);
    return steps.length - later.size;
  }

  async function sendPhotos(owner) {
    let sent = 0;
    for (const photo of await crewStore.photos(owner)) {
      if (photo.refused) continue;
      const form = new FormData();
      form.append("key", photo.key);
      form.append("visit", photo.visit);
      form.append("file", photo.blob, photo.name);
      try {
        await post("photos", form);
        await crewStore.dropPhoto(photo.key);
        sent += 1;
      } catch (error) {
        // What is wrong with the photo itself will not get better; it stays here with the reason.
        if (![400, 404, 413, 422].includes(error.status)) throw error;
        await crewStore.putPhoto({ ...photo, refused: error.message });
      }
    }
    return sent;
  }

  // One at a time, over all tabs. Answers how many things were sent; throws what stopped it.
  function send(owner) {
    const act = async () => await sendSteps(owner) + await sendPhotos(owner);
    return navigator.locks ? navigator.locks.request("crew-sync", act) : act();
  }

  const tellPlace = (place) => post("position", place).catch(() => {});

  return { send, tellPlace };
})();
