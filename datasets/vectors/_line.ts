const TAB = 9;
const CARRIAGE_RETURN = 13;
const BLANK = 32;
const NINE = 0x39;

/** A number as text files have it, NaN and infinity included. */
const NUMBER = /^[-+]?(?:(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?|nan|inf|infinity)$/i;
/** A number that something sticks to: what is left of two rows in one line. */
const NUMBER_AND_MORE = /^[-+]?\d*\.\d/;

/** Whether a field is a number, or is meant for one. */
export const isNumber = (field: string): boolean => NUMBER.test(field);

/** The number that a field is; NaN if it is none, or infinite as float32. */
export function numberOf(field: string): number {
  const value = Number(field);
  const last = field.length - 1;
  // Number() takes 0x1F and a no-break space at the end as well.
  const isPlain = field.charCodeAt(0) <= NINE && field.charCodeAt(last) <= NINE &&
    (last === 0 || field.charCodeAt(1) <= NINE);
  return (isPlain || NUMBER.test(field)) && Number.isFinite(Math.fround(value)) ? value : NaN;
}

/** Takes blanks and the carriage return off the end; other white space belongs to words. */
const trimmedEnd = (line: string) => line.replace(/[ \t\r]+$/, "");

/** The fields of a line; blanks and tabs alone stand between them. The first is empty in `" 1 2"`. */
export const fields = (line: string): string[] => trimmedEnd(line).split(/[ \t]+/);

/** How many numbers stand at the end of a line, the first field not counted. */
export function numbersAtEnd(line: string): number {
  const parts = fields(line);
  let count = 0;
  while (count < parts.length - 1 && isNumber(parts[parts.length - 1 - count]!)) count++;
  return count;
}

/** Whether a word of several fields looks like the rest of a row that lost its line feed. */
export function isTorn(word: readonly string[]): boolean {
  return word.length > 1 &&
    word.slice(1).some((part) => isNumber(part) || NUMBER_AND_MORE.test(part));
}

/**
 * Where the first field of a line ends, and how many blanks, tabs and the like stand between fields: as
 * many as numbers in a row where nothing is out of order.
 */
export function scanLine(
  bytes: Uint8Array,
  from: number,
  to: number,
): { wordEnd: number; separators: number } {
  let end = to;
  while (
    end > from &&
    (bytes[end - 1] === BLANK || bytes[end - 1] === TAB || bytes[end - 1] === CARRIAGE_RETURN)
  ) end--;
  let wordEnd = from;
  while (wordEnd < end && bytes[wordEnd] !== BLANK && bytes[wordEnd] !== TAB) wordEnd++;
  let separators = 0;
  for (let i = wordEnd; i < end; i++) if (bytes[i]! <= BLANK) separators++;
  return { wordEnd, separators };
}
