/**
 * WebAssembly kernels for the word-CNN, on memory that threads can share.
 *
 * @module
 */
export * from "./kernels.ts";
