/**
 * TensorFlow.js models: loading LayersModels as models of layers, or of scores alone where they hold
 * layers that are not known here, and graph-models as ones of scores alone; exporting word-CNNs as
 * LayersModels.
 *
 * @module
 */
export type { TfjsSource } from "./_source.ts";
export type { StoredSettings, TextSettings, TokenizerSettings } from "./_text_settings.ts";
export type { WordRows } from "./_vocabulary.ts";
export { CLASSES_NAMES, VOCABULARY_NAMES } from "./_word_files.ts";
export { GraphTfjsModel } from "./graph_tfjs_model.ts";
export * from "./inspect.ts";
export { type LayeredTfjsInput, LayeredTfjsModel } from "./layered_tfjs_model.ts";
export * from "./load.ts";
export * from "./load_graph.ts";
export { MaxPooledTfjsModel } from "./max_pooled/max_pooled_tfjs_model.ts";
export * from "./open.ts";
export { type RowBatch, RowsModel } from "./rows_model.ts";
export { type ScoringTfjsInput, ScoringTfjsModel } from "./scoring_tfjs_model.ts";
export * from "./save.ts";
