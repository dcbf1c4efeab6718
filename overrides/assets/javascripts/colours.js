// Changes the colours. Material's script (9.8.1) does so too, but tells the browser of them in a tag that makes it work out the
// style of every element twice more at each page view, keeps a choice that nobody made, and ticks no button, so that Tab
// comes to one whose label is hidden.
(() => {
  const form = document.querySelector(".colours");
  if (!form) return;
  const inputs = [...form.querySelectorAll("input")];
  const device = matchMedia("(prefers-color-scheme: light)");
  const bar = document.head.appendChild(Object.assign(document.createElement("meta"), { name: "theme-color" }));
  const told = (input, what) => input.getAttribute(`data-md-color-${what}`);
  const asked = (media) => inputs.findIndex((input) => told(input, "media") === media);
  const fits = () => inputs.findIndex((input) => matchMedia(told(input, "media")).matches);
  let place = Math.min(__md_get("__palette")?.index ?? fits(), inputs.length - 1);

  function show() {
    const input = inputs[place];
    const media = told(input, "media");
    const own = media === "(prefers-color-scheme)" ? asked(`(prefers-color-scheme: ${device.matches ? "light" : "dark"})`) : place;
    const color = { media };
    for (const what of ["scheme", "primary", "accent"]) color[what] = told(inputs[own], what);
    for (const [what, value] of Object.entries(color)) document.body.setAttribute(`data-md-color-${what}`, value);
    for (const other of inputs) other.nextElementSibling.hidden = other !== input;
    input.checked = true;
    // Once the styles are worked out: asking at once would have it done for this alone.
    setTimeout(() => (bar.content = getComputedStyle(document.querySelector(".md-header")).backgroundColor));
    return { index: place, color };
  }

  form.addEventListener("change", ({ target }) => {
    place = inputs.indexOf(target);
    // What the inline script in the head reads at the next page.
    __md_set("__palette", show());
  });
  form.addEventListener("keydown", ({ key }) => {
    if (key !== "Enter") return;
    inputs[(place + 1) % inputs.length].click();
    inputs[place].focus();
  });
  device.addEventListener("change", show);
  show();
})();
