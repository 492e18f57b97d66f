// What a crew did without signal, kept on the phone until it is sent: steps in their order, photos beside them.
"use strict";

window.crewStore = (() => {
  let opened;

  function open() {
    opened ??= new Promise((resolve, reject) => {
      const request = indexedDB.open("pilotlight-crew", 1);
      request.onupgradeneeded = () => {
        request.result.createObjectStore("steps", { keyPath: "order", autoIncrement: true });
        request.result.createObjectStore("photos", { keyPath: "key" });
        request.result.createObjectStore("visits", { keyPath: "id" });
      };
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    return opened;
  }

  async function run(stores, mode, act) {
    const database = await open();
    return new Promise((resolve, reject) => {
      const transaction = database.transaction(stores, mode);
      const answer = act(transaction);
      transaction.oncomplete = () => resolve(answer?.result);
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
  }

  const all = (store) => run([store], "readonly", (transaction) => transaction.objectStore(store).getAll());

  return {
    // A step and its photos are kept together or not at all.
    keep: (step, photos) => run(["steps", "photos"], "readwrite", (transaction) => {
      photos.forEach((photo) => transaction.objectStore("photos").put(photo));
      return transaction.objectStore("steps").add(step);
    }),
    steps: (owner) => all("steps").then((rows) => rows.filter((row) => row.owner === owner)),
    photos: (owner) => all("photos").then((rows) => rows.filter((row) => row.owner === owner)),
    putStep: (step) => run(["steps"], "readwrite", (transaction) => transaction.objectStore("steps").put(step)),
    dropStep: (order) => run(["steps"], "readwrite", (transaction) => transaction.objectStore("steps").delete(order)),
    dropPhoto: (key) => run(["photos"], "readwrite", (transaction) => transaction.objectStore("photos").delete(key)),
    putPhoto: (photo) => run(["photos"], "readwrite", (transaction) => transaction.objectStore("photos").put(photo)),
    putVisit: (visit) => run(["visits"], "readwrite", (transaction) => transaction.objectStore("visits").put(visit)),
    visit: (id) => run(["visits"], "readonly", (transaction) => transaction.objectStore("visits").get(id)),
  };
})();
