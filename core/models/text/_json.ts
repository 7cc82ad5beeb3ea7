/** A number that JSON does not have and many programs write, where a value may stand. */
const NO_NUMBER = /(?<=[[,:]\s*)-?(?:NaN|Infinity)(?=\s*[\],}])/g;

/**
 * Reads JSON. Numbers that it does not have, as Python writes `NaN`, become texts, so that whoever
 * looks at the value can say where they stand.
 *
 * @param text The text.
 * @returns The value; nothing if it is no JSON otherwise.
 */
export function readJson(text: string): unknown {
  for (const read of [() => text, () => text.replace(NO_NUMBER, '"$&"')]) {
    try {
      return JSON.parse(read());
    } catch {
      // The other reading may do.
    }
  }
  return undefined;
}
