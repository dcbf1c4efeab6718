// Gives content tabs the roles and keys of tabs. Material 9.8.1 shows radio buttons under labels that hold links, which a
// screen reader reads as neither; until its script has put those links in, and without scripts, they stay radio buttons.
(() => {
  const STEPS = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity };

  function upgrade(set, number) {
    const inputs = [...set.querySelectorAll(":scope > input")];
    const list = set.querySelector(":scope > .tabbed-labels");
    const tabs = [...list.querySelectorAll(":scope > label > a")];
    const panels = [...set.querySelectorAll(":scope > .tabbed-content > .tabbed-block")];

    function mark() {
      inputs.forEach((input, place) => {
        tabs[place].setAttribute("aria-selected", String(input.checked));
        tabs[place].tabIndex = input.checked ? 0 : -1;
      });
    }

    function press(event) {
      const place = tabs.indexOf(event.currentTarget);
      if (event.key === " ") inputs[place].click();
      else if (!(event.key in STEPS)) return;
      else {
        const wanted = place + STEPS[event.key];
        const next = Number.isFinite(wanted) ? (wanted + tabs.length) % tabs.length : wanted < 0 ? 0 : tabs.length - 1;
        inputs[next].click();
        tabs[next].focus({ preventScroll: true });
      }
      event.preventDefault();
    }

    list.setAttribute("role", "tablist");
    list.setAttribute("aria-label", "Choose what to read about");
    inputs.forEach((input, place) => {
      const [tab, panel] = [tabs[place], panels[place]];
      input.tabIndex = -1;
      input.setAttribute("aria-hidden", "true");
      input.addEventListener("change", mark);
      tab.setAttribute("role", "tab");
      tab.id = `tab-${number}-${place}`;
      panel.id ||= `panel-${number}-${place}`;
      tab.setAttribute("aria-controls", panel.id);
      tab.addEventListener("keydown", press);
      panel.setAttribute("role", "tabpanel");
      panel.setAttribute("aria-labelledby", tab.id);
    });
    mark();
  }

  document.querySelectorAll(".tabbed-set").forEach((set, number) => {
    const list = set.querySelector(":scope > .tabbed-labels");
    const watch = new MutationObserver(() => {
      if ([...list.children].some((label) => !label.querySelector(":scope > a"))) return;
      watch.disconnect();
      upgrade(set, number);
    });
    watch.observe(list, { childList: true, subtree: true });
  });
})();
