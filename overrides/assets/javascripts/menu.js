// Opens and closes the menu on narrow screens by touch, key and screen reader.
// Material 9.8.1 opens it with a hidden checkbox that no key can reach; its state still drives the styles.
(() => {
  const state = document.getElementById("__drawer");
  const open = document.querySelector(".menu-button");
  const close = document.querySelector(".site-nav__close");
  const rest = document.querySelectorAll(
    "[data-md-component=skip], .md-header, .md-content, .md-sidebar--secondary, .md-footer",
  );

  function show(shown) {
    state.checked = shown;
    open.setAttribute("aria-expanded", String(shown));
    for (const part of rest) part.inert = shown;
    if (shown) document.querySelector(".site-nav [aria-current]")?.scrollIntoView({ block: "center" });
    (shown ? close : open).focus({ preventScroll: true });
  }

  open.addEventListener("click", () => show(true));
  close.addEventListener("click", () => show(false));
  // A tap beside the panel lands on the checkbox's label.
  state.addEventListener("change", () => show(state.checked));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && state.checked) show(false);
  });
  // The panel becomes the side column when the window grows: nothing may stay locked behind it.
  window.matchMedia("(min-width: 76.25em)").addEventListener("change", () => {
    if (state.checked) show(false);
  });
})();
