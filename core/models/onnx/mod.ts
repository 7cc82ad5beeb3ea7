/**
 * Text classifiers of Hugging Face in ONNX: loading them as models that give scores.
 *
 * @module
 */
export { WASM_NAME } from "./_runtime.ts";
export * from "./list_files.ts";
export * from "./load.ts";
export { type OnnxInput } from "./_onnx_input.ts";
export { OnnxModel } from "./onnx_model.ts";
