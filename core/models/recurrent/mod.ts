/**
 * Recurrent text classifiers, LSTM and GRU in one direction or both: the model, its file format and its
 * training.
 *
 * @module
 */
export * from "./format/compact.ts";
export * from "../folder/storage.ts";
export * from "./format/load.ts";
export * from "./format/save.ts";
export * from "./parameters.ts";
export * from "./recurrent_classifier.ts";
export * from "./training/hyperparameters.ts";
export * from "./training/train.ts";
export type { EpochReport } from "../word_cnn/training/epoch_report.ts";
export type { LabelledRows, Metrics } from "../word_cnn/training/labelled_rows.ts";
export type { SaveOptions } from "../folder/network_files.ts";
export type { ReadModelFile } from "../folder/read.ts";
export type { ModelFiles } from "../folder/write.ts";
