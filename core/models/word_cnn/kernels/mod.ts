/**
 * WebAssembly kernels for the word-CNN, and threads that share their memory.
 *
 * @module
 */
export * from "./kernels.ts";
export * from "./team.ts";
