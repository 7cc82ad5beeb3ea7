/**
 * Models that look at what they should not, mended: what is known of a leak, three ways against it, and
 * what they came to.
 *
 * @module
 */
export * from "./counter_examples.ts";
export * from "./figures.ts";
export * from "./filters.ts";
export * from "./leak.ts";
export * from "./measure.ts";
export * from "./present/repair_csv.ts";
export * from "./present/repair_html.ts";
export * from "./present/repair_text.ts";
export * from "./report.ts";
