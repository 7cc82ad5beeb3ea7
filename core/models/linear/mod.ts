/**
 * A linear text classifier, TF-IDF and multinomial logistic regression: the model, its file format
 * and its training.
 *
 * @module
 */
export * from "./feature_table.ts";
export * from "./features.ts";
export * from "./format/load.ts";
export * from "./format/save.ts";
export * from "./linear_input.ts";
export * from "./linear_model.ts";
export * from "./training/cross_validate.ts";
export * from "./training/labelled_words.ts";
export * from "./training/train.ts";
export type { ReadModelFile } from "../folder/read.ts";
export type { ModelFiles } from "../folder/write.ts";
