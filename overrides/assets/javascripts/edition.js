// Tells somebody who scanned the square on a sheet whether it is current: the address then ends in #edition=3f9c21.
// What it compares with stands on the page for everybody (partials/sheet-edition.html); the server never learns the edition.
(() => {
  const sheet = document.querySelector("[data-edition]");
  if (!sheet) return;
  const verdict = sheet.querySelector(".sheet-edition__verdict");

  function words(held, since) {
    if (held === sheet.dataset.edition) return ["current", `Your sheet is current. It is edition ${held}, the newest one.`];
    if (since.some((change) => change.dataset.kind === "correction"))
      return ["wrong", `Your sheet, edition ${held}, has been corrected. Do not go by it. Print the new one, and throw yours away.`];
    if (since.length) return ["old", `Your sheet, edition ${held}, is out of date. Print the new one.`];
    if (held === sheet.dataset.unnoted) return ["old", `This page has changed since your sheet, edition ${held}, was made. Print the new one.`];
    return ["unknown", `We do not know edition ${held} of this sheet. Print the new one, and go by that.`];
  }

  function say() {
    const held = /^#edition=([0-9a-f]{6})$/.exec(location.hash)?.[1];
    verdict.replaceChildren();
    if (!held) return;
    // The newest first.
    const changes = [...sheet.querySelectorAll("[data-old]")];
    // An edition that came back after others is out of date since it last ended.
    const since = held === sheet.dataset.edition ? [] : changes.slice(0, changes.findIndex((change) => change.dataset.old === held) + 1);
    const [kind, told] = words(held, since);
    verdict.dataset.verdict = kind;
    verdict.append(Object.assign(document.createElement("p"), { textContent: told }));
    if (since.length) {
      const list = document.createElement("ul");
      list.append(...since.map((change) => change.cloneNode(true)));
      verdict.append(list);
    }
    verdict.scrollIntoView({ block: "center" });
    verdict.focus({ preventScroll: true });
  }

  addEventListener("hashchange", say);
  say();
})();
