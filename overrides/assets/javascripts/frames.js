// Names the frames in which wide tables scroll and lets keys reach them; Material 9.8.1 makes the frames and does neither.
(() => {
  const frames = document.getElementsByClassName("md-typeset__scrollwrap");

  // The heading above says what a table is about, where it has no caption.
  function name(frame) {
    const caption = frame.querySelector("caption");
    const above = [...document.querySelectorAll("article :is(h1, h2, h3, h4)")].filter(
      (heading) => heading.compareDocumentPosition(frame) & Node.DOCUMENT_POSITION_FOLLOWING,
    );
    return (caption ?? above.at(-1))?.textContent.replace("¶", "").trim() ?? "";
  }

  function mend(frame) {
    if (frame.scrollWidth <= frame.clientWidth) {
      for (const attribute of ["role", "tabindex", "aria-label"]) frame.removeAttribute(attribute);
    } else if (!frame.hasAttribute("tabindex")) {
      frame.tabIndex = 0;
      frame.setAttribute("role", "region");
      const same = [...frames].filter((other) => other !== frame && other.getAttribute("aria-label")?.startsWith(`Table: ${name(frame)}`));
      frame.setAttribute("aria-label", `Table: ${name(frame)}${same.length ? `, ${same.length + 1}` : ""}`);
    }
  }

  const watch = new ResizeObserver((changes) => changes.forEach((change) => mend(change.target)));
  const find = () => [...frames].forEach((frame) => watch.observe(frame));
  new MutationObserver(find).observe(document.querySelector("article"), { childList: true, subtree: true });
  find();
})();
