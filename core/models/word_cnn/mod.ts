/**
 * The word-CNN of Arras et al. 2016: a convolution over two word vectors, a maximum over the text
 * and a dense layer; its file format and its training.
 *
 * @module
 */
export * from "./format/compact.ts";
export * from "../folder/storage.ts";
export type { RowsInput as WordCnnInput } from "../rows_input.ts";
export * from "./filters_off.ts";
export * from "./from_weights.ts";
export * from "./training/hyperparameters.ts";
export * from "./format/load.ts";
export type { ReadModelFile } from "../folder/read.ts";
export type { ModelFiles } from "../folder/write.ts";
export * from "./parameters.ts";
export * from "./format/save.ts";
export * from "./share.ts";
export * from "./training/train.ts";
export * from "./vocabulary.ts";
export * from "./word_cnn.ts";
export * from "../embedding_table.ts";
export * from "../packed_vectors.ts";
