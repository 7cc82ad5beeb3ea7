/**
 * A text classifier over characters: the model, its file format and its training.
 *
 * @module
 */
export * from "./char_cnn.ts";
export type { CharInput } from "./char_input.ts";
export * from "./format/load.ts";
export * from "./format/save.ts";
export * from "./spelling.ts";
export * from "./training/alphabet.ts";
export * from "./training/train.ts";
export type { ReadModelFile } from "../folder/read.ts";
export type { ModelFiles } from "../folder/write.ts";
