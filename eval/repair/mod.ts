/**
 * Models that look at what they should not, mended: what is known of a leak, four ways against it, and
 * what they came to.
 *
 * @module
 */
export * from "./advice.ts";
export * from "./counter_examples.ts";
export * from "./deletion.ts";
export * from "./figures.ts";
export * from "./filters.ts";
export * from "./leak.ts";
export * from "./measure.ts";
export * from "./present/repair_csv.ts";
export * from "./present/repair_html.ts";
export * from "./present/repair_text.ts";
export * from "./report.ts";
