import { type FieldForm, fieldsOf } from "./_fields.ts";
import { type RecordOptions, recordsIn } from "./_records.ts";

/** What may stand between fields; where several fit alike, the first of them. */
const CANDIDATES = ["\t", ";", ",", "|"];
/** How many rows are looked at. */
const ROWS = 100;

/** How the first rows of a table fall into fields under a separator. */
export interface Guess {
  /** The separator. */
  readonly separator: string;
  /** How many fields most of the rows have. */
  readonly fields: number;
  /** How many rows were looked at. */
  readonly rows: number;
  /** The part of the rows that have so many fields. */
  readonly share: number;
  /** How many of the columns that are asked for the first row names. */
  readonly named: number;
}

/** What is known of a table before its separator. */
export interface GuessOptions extends Pick<RecordOptions, "lineEnd" | "mark"> {
  /** The quote; empty for none. */
  readonly quote: string;
  /** Whether the bytes are all that there are. */
  readonly whole: boolean;
  /** Columns that the first row should name. */
  readonly columns: readonly string[];
  /** Turns bytes into text. */
  readonly decode: (bytes: Uint8Array) => string;
  /** Whether bytes of letters may be parts of other characters. */
  readonly multibyte: boolean;
}

function guess(head: Uint8Array, separator: string, options: GuessOptions): Guess {
  const { quote, whole, columns, decode, lineEnd, mark } = options;
  const form: FieldForm = { separator, quote };
  const records = recordsIn(head, {
    ...(quote !== "" && { separator: separator.charCodeAt(0), quote: quote.charCodeAt(0) }),
    ...(lineEnd !== undefined && { lineEnd }),
    ...(mark !== undefined && { mark }),
  });
  const times = new Map<number, number>();
  let rows = 0;
  let named = 0;
  for (const { bytes, fault, end } of records) {
    // The last one may go on behind the head.
    if (rows === ROWS || !whole && end >= head.length && rows > 0) break;
    const text = textOf(bytes, decode);
    if (text.replaceAll(separator, "x").trim() === "") continue;
    const fields = fault === undefined ? fieldsOf(text, form).map((field) => field.trim()) : [];
    if (rows++ === 0) named = columns.filter((column) => fields.includes(column)).length;
    times.set(fields.length, (times.get(fields.length) ?? 0) + 1);
  }
  const [fields, count] = [...times].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [0, 0];
  return { separator, fields, rows, share: rows === 0 ? 0 : count / rows, named };
}

/** The text; of what is in another encoding, as far as ASCII goes. */
function textOf(bytes: Uint8Array, decode: (bytes: Uint8Array) => string): string {
  try {
    return decode(bytes);
  } catch {
    return new TextDecoder("latin1").decode(bytes);
  }
}

/**
 * Finds what stands between the fields of a table: that under which the first row names most of
 * the columns that are asked for, and else most of the first rows have the same number of fields,
 * two or more.
 *
 * @param head The first bytes.
 * @param options What is known already.
 * @returns The separator and how well it fits; nothing where none gives two fields.
 */
export function guessSeparator(head: Uint8Array, options: GuessOptions): Guess | undefined {
  const guesses = CANDIDATES
    .filter((separator) => separator !== options.quote && !(options.multibyte && separator > "@"))
    .map((separator) => guess(head, separator, options))
    .filter(({ fields }) => fields >= 2);
  // The sort is stable: of equals the first candidate wins.
  return guesses.sort((a, b) => b.named - a.named || b.share - a.share || b.fields - a.fields)[0];
}
