import type { BadRow } from "./labelled_text.ts";

/** What was found for one text, before it is checked. */
export interface RawRow {
  readonly place: string;
  /** How the text is called when no column says it. */
  readonly name: string;
  readonly id?: unknown;
  readonly text: unknown;
  readonly label: unknown;
  /** What the column of the split says. */
  readonly part?: unknown;
  /** What stands in a column `id`, and in one `split`, that nobody asked for. */
  readonly unasked?: { readonly id?: unknown; readonly split?: unknown };
}

/** The columns of a table that are asked for. */
export interface Columns {
  readonly text: string;
  readonly label: string;
  readonly id?: string;
  readonly part?: string;
}

/** A row or what is wrong with it, one after the other. */
export type Rows = AsyncIterable<RawRow | BadRow>;
