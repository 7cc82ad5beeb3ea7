/**
 * Text classifiers of Hugging Face in ONNX: loading them as models that give scores.
 *
 * @module
 */
export * from "./load.ts";
export { type OnnxInput } from "./_onnx_input.ts";
export { OnnxModel } from "./onnx_model.ts";
