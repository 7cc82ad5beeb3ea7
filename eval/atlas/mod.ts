/**
 * What a model looks at, over a whole corpus: words by class, n-grams by filter; as HTML and CSV.
 *
 * @module
 */
export * from "./atlas.ts";
export * from "./atlas_csv.ts";
export * from "./atlas_html.ts";
export * from "./atlas_types.ts";
export * from "./excerpt.ts";
export * from "./sentence_excerpts.ts";
