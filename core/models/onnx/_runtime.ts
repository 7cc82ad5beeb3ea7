import type * as Runtime from "onnxruntime-web/wasm";
import { readFile } from "../../files.ts";

/** The name of the one WebAssembly file that the runtime needs. */
export const WASM_NAME = "ort-wasm-simd-threaded.wasm";

/** Where the WebAssembly file of the runtime is, among the files of its package. */
export function wasmUrl(): URL {
  return new URL(`./${WASM_NAME}`, import.meta.resolve("onnxruntime-web/wasm"));
}

/**
 * Does something where nobody asks from where the script is. In a worker of Deno, and in a page from
 * disk, that is "null", which the runtime takes for an address as it is loaded.
 */
async function withoutLocation<T>(work: () => Promise<T>): Promise<T> {
  if (globalThis.location?.origin !== "null") return await work();
  const own = Object.getOwnPropertyDescriptor(globalThis, "location");
  Object.defineProperty(globalThis, "location", { value: undefined, configurable: true });
  try {
    return await work();
  } finally {
    if (own) Object.defineProperty(globalThis, "location", own);
    else delete (globalThis as { location?: unknown }).location;
  }
}

let loading: Promise<typeof Runtime> | undefined;

async function load(wasm?: Uint8Array): Promise<typeof Runtime> {
  const ort = await withoutLocation(() => import("onnxruntime-web/wasm"));
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
