/** The cells of a row, without blanks around them. */
const cellsOf = (row: string) => row.slice(1, -1).split("|").map((cell) => cell.trim());

/**
 * The rows of a table of a Markdown document.
 *
 * @param markdown The document.
 * @param heads The heads of its first columns, by which it is found.
 */
export function tableOf(markdown: string, ...heads: string[]): string[][] {
  const lines = markdown.split("\n");
  const first = lines.findIndex((line) =>
    line.startsWith("|") && heads.every((head, i) => cellsOf(line)[i] === head)
  );
  if (first < 0) throw new RangeError(`There is no table with the heads ${heads.join(", ")}`);
  const end = lines.findIndex((line, i) => i > first && !line.startsWith("|"));
  return lines.slice(first + 2, end < 0 ? undefined : end).map(cellsOf);
}

/** A name in the type of code, as tables have it. */
export const inCode = (name: string): string => `\`${name}\``;
