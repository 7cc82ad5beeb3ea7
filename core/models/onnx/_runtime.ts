import type * as Runtime from "onnxruntime-web/wasm";
import { readFile } from "../../files.ts";

/** The name of the one WebAssembly file that the runtime needs. */
export const WASM_NAME = "ort-wasm-simd-threaded.wasm";

/** Where the WebAssembly file of the runtime is, among the files of its package. */
export function wasmUrl(): URL {
  return new URL(`./${WASM_NAME}`, import.meta.resolve("onnxruntime-web/wasm"));
}

let loading: Promise<typeof Runtime> | undefined;

async function load(wasm?: Uint8Array): Promise<typeof Runtime> {
  const ort = await import("onnxruntime-web/wasm");
  ort.env.logLevel = "error";
  // More would need threads that share memory, which Deno does not give it.
  ort.env.wasm.numThreads = 1;
  ort.env.wasm.wasmBinary = wasm ?? await readFile(wasmUrl());
  return ort;
}

/**
 * Loads the ONNX runtime, once.
 *
 * @param wasm Its WebAssembly file, where its package cannot be read.
 */
export async function onnxRuntime(wasm?: Uint8Array): Promise<typeof Runtime> {
  loading ??= load(wasm);
  try {
    return await loading;
  } catch (error) {
    loading = undefined;
    throw error;
  }
}
