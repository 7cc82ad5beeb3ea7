/**
 * The script of the atlas: a click on the head of a column sorts its table, and what is typed into the
 * field leaves the words that contain it, with their classes open.
 */
export const atlasScript = `
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
for (const table of all("table.words")) {
  all("thead th", table).forEach((head, column) => {
    const button = document.createElement("button");
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const up = head.getAttribute("aria-sort") === "descending";
      for (const other of all("thead th", table)) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      const value = (row) => row.children[column].dataset.value;
      const compare = (a, b) => column === 0
        ? value(b).localeCompare(value(a), "en")
        : value(b) - value(a);
      const rows = all("tbody tr", table).sort((a, b) => (up ? -1 : 1) * compare(a, b));
      table.tBodies[0].append(...rows);
    });
  });
}
const search = document.querySelector(".search");
search.hidden = false;
const field = search.querySelector("input");
const said = search.querySelector("[role=status]");
field.addEventListener("input", () => {
  const wanted = field.value.trim().toLowerCase();
  let found = 0;
  for (const row of all("tr[data-word]")) {
    row.hidden = wanted !== "" && !row.dataset.word.toLowerCase().includes(wanted);
    if (!row.hidden) found++;
  }
  for (const part of all("details.class")) {
    const words = all("tr[data-word]", part);
    if (words.length > 0) part.open = wanted !== "" && words.some((row) => !row.hidden);
  }
  said.textContent = wanted === "" ? "" : found === 1 ? "1 word" : found + " words";
});
`;
