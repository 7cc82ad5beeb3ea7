/** A line of a wrapped text, as a range of offsets; the line break itself is not in it. */
export interface Line {
  readonly start: number;
  readonly end: number;
}

/**
 * Wraps a text at white space, like `white-space: pre-wrap`; a longer word is broken.
 *
 * @param text The text.
 * @param columns How many UTF-16 code units fit on a line.
 */
export function wrapLines(text: string, columns: number): Line[] {
  const lines: Line[] = [];
  for (const { 0: whole, index } of text.matchAll(/[^\r\n]*(?:\r\n|\r|\n|$)/g)) {
    if (whole === "" && index > 0 && !/[\r\n]/.test(text[index - 1]!)) break;
    let start = index;
    const end = index + whole.replace(/[\r\n]+$/, "").length;
    while (end - start > columns) {
      const fits = text.slice(start, start + columns + 1);
      const space = fits.search(/\s\S*$/);
      let cut = space > 0 ? start + Math.min(space + 1, columns) : start + columns;
      // A surrogate pair stays together.
      if (space <= 0 && /[\ud800-\udbff]/.test(text[cut - 1]!) && columns > 1) cut--;
      lines.push({ start, end: cut });
      start = cut;
    }
    lines.push({ start, end });
  }
  return lines;
}
