// Narrows the list of sheets to those that have all the typed words, on the chosen paper, and says how many are left.
(() => {
  const list = document.querySelector(".sheet-list");
  const template = list?.querySelector("template");
  if (!template) return;
  list.insertBefore(template.content, template);
  const form = list.querySelector("form");
  const words = form.querySelector("input");
  const paper = form.querySelector("select");
  const status = form.querySelector("[role=status]");
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const rows = [...list.querySelectorAll("tr[data-words]")].map((row) => ({
    row,
    files: [...row.querySelectorAll("[data-paper]")],
    text: plain(`${row.cells[0].textContent} ${row.dataset.words} ${row.parentElement.rows[0].textContent}`),
  }));
  let soon;

  function narrow() {
    const wanted = plain(words.value).split(/\s+/).filter(Boolean);
    for (const { row, files, text } of rows) {
      for (const file of files) file.hidden = paper.value !== "" && file.dataset.paper !== paper.value;
      row.hidden = !wanted.every((word) => text.includes(word)) || files.every((file) => file.hidden);
    }
    for (const group of list.querySelectorAll("tbody")) group.hidden = [...group.rows].slice(1).every((row) => row.hidden);
    const left = rows.filter(({ row }) => !row.hidden).length;
    // One message when the typing rests, and not one for each letter.
    clearTimeout(soon);
    soon = setTimeout(() => (status.textContent = left ? `${left} of ${rows.length} sheets` : "No sheet has these words. Try fewer."), 400);
  }

  words.addEventListener("input", narrow);
  paper.addEventListener("change", narrow);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !words.value) return;
    words.value = "";
    narrow();
  });
})();
