/**
 * Explaining many texts: reading rows, workers that explain them, and files that a run which was
 * stopped goes on with.
 *
 * @module
 */
export * from "./batch.ts";
export * from "./describe_run.ts";
export * from "./explain_row.ts";
export * from "./file_sink.ts";
export * from "./journal.ts";
export * from "./list_folder.ts";
export * from "./open_input.ts";
export * from "./outcome.ts";
export * from "./own_files.ts";
export * from "./report.ts";
export * from "./sink.ts";
export * from "./standard_sink.ts";
export * from "./stream_sink.ts";
