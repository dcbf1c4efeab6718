// The search box: wakes the search when somebody is about to use it, lets keys and screen readers use it, and says what was
// searched for. Runs before Material's script (9.8.1), which starts the search on every page view, asks only once a key is let
// go, closes on Tab, gives no result a place in the order of focus, announces nothing, and makes shortcuts of single letters
// (WCAG 2.1.4).
(() => {
  const toggle = document.getElementById("__search");
  const box = document.querySelector(".md-search");
  const button = document.querySelector(".search-button");
  if (!box || !button) return;
  const input = box.querySelector(".md-search__input");
  const list = box.querySelector(".md-search-result__list");
  const meta = box.querySelector(".md-search-result__meta");
  const note = box.querySelector(".search-note");
  const ways = box.querySelector("template");
  const live = box.querySelector("[role=status]");
  const RealWorker = window.Worker;
  // What was typed and has no answer yet.
  const asked = [];
  // What was typed for the results that stand there.
  let shown;
  // Enter was pressed before the answer was there.
  let isWanted = false;
  let sleeper;
  let soon;

  // From a disk a browser starts no worker: a hidden frame takes its place. (npm's iframe-worker does so by an inline
  // script, which our policy forbids.)
  function frameWorker(address, hear) {
    const frame = document.createElement("iframe");
    frame.hidden = true;
    document.body.append(frame);
    const inside = frame.contentWindow;
    inside.document.open();
    inside.document.write("<!doctype html><title>Search</title><body>");
    inside.document.close();
    const load = (from) =>
      new Promise((done) => {
        const script = inside.document.createElement("script");
        script.src = from;
        script.onload = done;
        inside.document.body.append(script);
      });
    inside.postMessage = (data) => hear({ data });
    inside.importScripts = (...all) => all.reduce((before, from) => before.then(() => load(from)), Promise.resolve());
    const ready = load(address);
    return { postMessage: (data) => ready.then(() => inside.dispatchEvent(new MessageEvent("message", { data }))) };
  }

  window.Worker = class extends EventTarget {
    #waiting = [];
    #real;
    #address;

    constructor(address) {
      super();
      this.#address = address;
      sleeper = this;
      this.addEventListener("message", ({ data }) => data.type === 3 && receive(data.data));
    }

    postMessage(message) {
      if (message.type === 2) asked.push(message.data);
      if (this.#real) this.#real.postMessage(message);
      else this.#waiting.push(message);
    }

    wake() {
      if (this.#real) return;
      const hear = ({ data }) => this.dispatchEvent(new MessageEvent("message", { data }));
      if (location.protocol === "file:") this.#real = frameWorker(this.#address, hear);
      else (this.#real = new RealWorker(this.#address)).onmessage = hear;
      this.#waiting.forEach((message) => this.#real.postMessage(message));
    }
  };

  const wake = () => sleeper?.wake();
  for (const part of [box, button]) {
    part.addEventListener("pointerenter", wake);
    part.addEventListener("focusin", wake);
  }
  toggle.addEventListener("change", wake);

  const links = () => [...list.querySelectorAll(":is(li, [open]) > a, summary"), ...note.querySelectorAll("a, button")].filter((link) => link.getClientRects().length);

  // Material asks by a key that is let go. A key is held for a tenth of a second; a paste, a voice and a clearing have none.
  const ask = () => input.dispatchEvent(new Event("keyup"));

  // A word that no page has may still be spelt right: another is offered, and taken only when the reader says so.
  function offer([typed, right]) {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: right });
    button.addEventListener("click", () => {
      input.value = input.value.toLowerCase().replaceAll(typed, right);
      input.focus();
      ask();
    });
    return button;
  }

  function tell({ items, changed, unknown, offered }) {
    const typed = input.value.trim();
    const words = (all) => all.map((word) => `“${word}”`).join(", ");
    const said = [];
    if (typed && changed.length) said.push(`Showing results for ${words(changed.map(([, right]) => right))}.`);
    if (typed && unknown.length) said.push(`No page has the word ${words(unknown)}.`);
    if (typed && !items.length) said.push("No page answers that.");
    note.replaceChildren(said.join(" "));
    if (typed && offered.length) {
      said.push(`Did you mean ${words(offered.map(([, right]) => right))}?`);
      note.append(" Did you mean ", ...offered.flatMap((pair, place) => (place ? [" or ", offer(pair)] : [offer(pair)])), "? ");
    }
    if (typed && (unknown.length || !items.length)) note.append(ways.content.cloneNode(true));
    note.hidden = !said.length;
    clearTimeout(soon);
    soon = setTimeout(() => {
      const first = list.querySelector("h1, h2")?.textContent;
      live.textContent = typed ? [meta.textContent.trim(), ...said, items.length && first ? `First: ${first}` : ""].join(". ") : "";
    }, 600);
  }

  function receive(answer) {
    shown = asked.shift();
    tell(answer);
    // Material has put the results there by then.
    if (isWanted) setTimeout(openFirst);
  }

  // By Enter. Somebody who types fast may press it before the answer is there: what stands there belongs to other words.
  function openFirst() {
    isWanted = shown !== input.value;
    if (!isWanted) links()[0]?.click();
  }

  new MutationObserver(() => {
    for (const link of list.querySelectorAll("a, summary")) link.tabIndex = 0;
  }).observe(list, { childList: true });

  const isPanel = () => button.getClientRects().length > 0;
  const isOpen = () => toggle.checked;

  function open() {
    if (!isOpen()) toggle.click();
    input.focus();
  }

  function close() {
    isWanted = false;
    if (isOpen()) toggle.click();
  }

  toggle.addEventListener("change", () => {
    // On a narrow screen the search covers the page, so nothing behind it may take the focus.
    const rest = document.querySelectorAll("[data-md-component=skip], .md-header__inner > :not(.md-search), .md-container");
    for (const part of rest) part.inert = isOpen() && isPanel();
    button.setAttribute("aria-expanded", String(isOpen()));
    if (!isOpen() && isPanel() && box.contains(document.activeElement)) button.focus();
  });
  button.addEventListener("click", open);
  input.addEventListener("input", () => {
    isWanted = false;
    if (!isOpen()) toggle.click();
    ask();
  });
  input.form.addEventListener("reset", () => setTimeout(ask));
  box.addEventListener("focusout", ({ relatedTarget: to }) => {
    if (to && !box.contains(to) && !isPanel()) close();
  });

  function step(by) {
    const all = [input, ...links()];
    all[(all.indexOf(document.activeElement) + by + all.length) % all.length]?.focus();
  }

  const KEYS = {
    Escape() {
      if (isPanel()) return close();
      input.focus();
      // Material opens the search a moment after its box takes the focus.
      setTimeout(close, 50);
    },
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    Enter: openFirst,
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (!isOpen() && event.key.length > 1) return;
    // Material listens on the window.
    event.stopPropagation();
    if (!isOpen() || !(event.key in KEYS) || (event.key === "Enter" && event.target !== input)) return;
    event.preventDefault();
    KEYS[event.key]();
  });
})();
