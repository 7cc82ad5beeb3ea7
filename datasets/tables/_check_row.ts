import { shortened } from "@heatword/core";
import type { RawRow } from "./_raw_row.ts";
import type { BadRow, LabelledText } from "./labelled_text.ts";
import { partOf } from "./split_file.ts";

/** No class is called by more characters; more are those of a text. */
const LONGEST_CLASS = 200;

/**
 * Makes a text of a row, or says why it cannot be used.
 *
 * @param row The row.
 * @param places Where each id was met before; that of the row is added.
 * @param mayRepeat Whether it may have the id of another.
 */
export function checkRow(
  row: RawRow,
  places: Map<string, string>,
  mayRepeat = false,
): LabelledText | BadRow {
  const { place, name } = row;
  const label = plain(row.label)?.trim();
  const id = row.id === undefined ? name : plain(row.id)?.trim();
  const text = typeof row.text === "string" ? row.text : undefined;
  const named = row.part === undefined ? undefined : plain(row.part) ?? "";
  const part = named === undefined ? undefined : partOf(named);
  const problem = text === undefined
    ? "the text is not a string"
    : text.trim() === ""
    ? "the text is empty"
    : label === undefined
    ? "the class is neither a text nor a number"
    : label === ""
    ? "the class is empty"
    : /\p{Cc}/u.test(label)
    ? "the class holds a control character"
    : label.length > LONGEST_CLASS
    ? `the class has ${label.length} characters, more than ${LONGEST_CLASS}; is the column right?`
    : !id
    ? "the id is missing"
    : named !== undefined && part === undefined
    ? `the split is "${shortened(named)}", which is neither train, validation nor test`
    : !mayRepeat && places.has(id)
    ? `the id "${shortened(id)}" was there already, in ${places.get(id)}`
    : undefined;
  if (problem !== undefined) return { place, problem };
  places.set(id!, place);
  return { id: id!, text: text!, label: label!, ...(part !== undefined && { part }) };
}

/** Texts, numbers and truth values as text. */
export function plain(value: unknown): string | undefined {
  return ["string", "number", "boolean"].includes(typeof value) ? String(value) : undefined;
}
