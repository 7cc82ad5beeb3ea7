/**
 * Labelled texts of one's own: tables, lines of JSON, folders.
 *
 * @module
 */
export { type Decode, decoderOf, type DecoderOptions, encodingOf } from "./encoding.ts";
export * from "./labelled_text.ts";
export * from "./open_table.ts";
export * from "./read_labelled.ts";
export * from "./read_rows.ts";
export * from "./same_columns.ts";
export * from "./split_file.ts";
export * from "./split_labelled.ts";
export * from "./table_form.ts";
export * from "./table_kind.ts";
