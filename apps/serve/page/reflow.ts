/** A line that is meant to stand alone: a quotation, an item of a list, a header, what is indented. */
const OWN_LINE = /^(?:[>|:#*+-]|\d+[.)]|\s|[\w-]+:\s)/;

/** As short a line was not broken because it was full. */
const SHORT = 40;

/**
 * Puts blanks in place of the line ends within paragraphs, so that lines fit the window. Each character
 * stays where it is. Lines that are quoted, indented, or items of lists stay on their own, as do short
 * ones.
 *
 * @param text The text.
 */
export function reflow(text: string): string {
  const lines = text.split("\n");
  return lines.map((line, i) => {
    const after = lines[i + 1];
    if (after === undefined) return line;
    const joins = line.length >= SHORT && after !== "" && !OWN_LINE.test(line) &&
      !OWN_LINE.test(after);
    return line + (joins ? " " : "\n");
  }).join("");
}
