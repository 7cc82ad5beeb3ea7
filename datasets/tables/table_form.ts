/** How the rows of a table are written, where its name and its first rows do not tell. */
export interface TableForm {
  /**
   * What stands between the fields of CSV: one character of ASCII.
   *
   * @default {the one that gives the first rows the same number of fields; of `.tsv` a tab}
   */
  readonly separator?: string;
  /**
   * What stands around fields of CSV that hold a separator or a line end, doubled inside them: one
   * character of ASCII, or the empty text where quotes are characters like others.
   *
   * @default {`"`}
   */
  readonly quote?: string;
  /** Whether the first row of CSV names the columns; else they go by number, from 1. @default {true} */
  readonly header?: boolean;
  /**
   * How many fields a line has: further separators belong to the last, and quotes are characters
   * like others.
   *
   * @default {as many as the first row}
   */
  readonly fields?: number;
  /**
   * A name that `encodingOf` takes: `utf-8`, `latin1`, `windows-1252`, …; a byte order mark
   * overrules it.
   *
   * @default {"utf-8"}
   */
  readonly encoding?: string;
}

/** Which columns a table should have. */
export interface AskedColumns {
  /** Columns that it must have, once each. @default {[]} */
  readonly columns?: readonly string[];
  /** Columns that it may have, but not twice. @default {[]} */
  readonly optional?: readonly string[];
  /** Told the names of all columns, where the table has such, before the first row. */
  readonly onColumns?: (names: readonly string[]) => void;
}

/** Names of separators. */
export const SEPARATORS: Readonly<Record<string, string>> = {
  comma: ",",
  semicolon: ";",
  tab: "\t",
  "\\t": "\t",
  space: " ",
  bar: "|",
  pipe: "|",
};

/** Names of quotes. */
export const QUOTES: Readonly<Record<string, string>> = { double: '"', single: "'", none: "" };

const named = (names: Readonly<Record<string, string>>, given: string) =>
  Object.hasOwn(names, given) ? names[given]! : given;

const isCharacter = (text: string) => /^[\t\x20-\x7e]$/.test(text);

/**
 * The separator of a name.
 *
 * @param given `comma`, `semicolon`, `tab` (or `\t`), `space`, `bar`, or the character itself.
 * @returns The character.
 * @throws {RangeError} If it is neither.
 *
 * @example
 * ```ts
 * import { separatorOf } from "@heatword/datasets/tables";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(["tab", ";"].map(separatorOf), ["\t", ";"]);
 * ```
 */
export function separatorOf(given: string): string {
  const separator = named(SEPARATORS, given);
  if (isCharacter(separator) && separator !== '"') return separator;
  throw new RangeError(
    `Cannot take ${
      JSON.stringify(given)
    } for a separator: give one character of ASCII, or one of ` +
      "comma, semicolon, tab, space, bar",
  );
}

/**
 * The quote of a name.
 *
 * @param given `double`, `single`, `none`, or the character itself.
 * @returns The character; the empty text for `none`.
 * @throws {RangeError} If it is neither.
 */
export function quoteOf(given: string): string {
  const quote = named(QUOTES, given);
  if (quote === "" || isCharacter(quote) && !/[\t ]/.test(quote)) return quote;
  throw new RangeError(
    `Cannot take ${JSON.stringify(given)} for a quote: give one character of ASCII, or one of ` +
      "double, single, none",
  );
}
