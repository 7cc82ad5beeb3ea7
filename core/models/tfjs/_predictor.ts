import type { LayersModel } from "@tensorflow/tfjs";
import { outputSizes } from "./_sizes.ts";
import type { Weights } from "./_weights.ts";

/** Runs a model by the library itself. */
export interface Predictor {
  /**
   * The outputs for texts of the same length.
   *
   * @param rows Rows of the Embedding, shape [texts, T].
   * @param texts How many texts there are.
   * @returns The outputs, shape [texts, C]; the caller's.
   */
  predict(rows: Int32Array, texts: number): Float32Array;
  /**
   * Computes the sizes of all layers for a text, without running them.
   *
   * @throws {TooShort} If a text of that many words is too short for a window.
   * @throws {SyntaxError} If sizes do not fit together.
   */
  checkLength(words: number): void;
  /** Frees the memory of the weights. */
  dispose(): void;
}

/** What the library says, in one line, without advice for those who write layers. */
export function reasonOf(error: unknown): string {
  const { message } = error as Error;
  return message.replace(/\s*This may be due to one of the following reasons:.*$/s, "")
    .replaceAll(/\s+/g, " ").trim();
}

/** Puts arrays one behind the other. */
export function joined(arrays: readonly ArrayBufferView[]): ArrayBuffer {
  const all = new Uint8Array(arrays.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let offset = 0;
  for (const { buffer, byteOffset, byteLength } of arrays) {
    all.set(new Uint8Array(buffer, byteOffset, byteLength), offset);
    offset += byteLength;
  }
  return all.buffer;
}

/** Prepares the library, on its fastest backend that answers at once. */
export async function library(): Promise<typeof import("@tensorflow/tfjs")> {
  const tf = await import("@tensorflow/tfjs");
  // A backend that somebody has chosen stays.
  if (tf.getBackend()) return tf;
  try {
    await import("@tensorflow/tfjs-backend-wasm");
    if (await tf.setBackend("wasm")) return tf;
  } catch {
    // Without WebAssembly files the plain backend is as right, and slower.
  }
  // Otherwise it advertises itself on standard error.
  tf.enableProdMode();
  await tf.setBackend("cpu");
  return tf;
}

/**
 * Loads a model into the library.
 *
 * @param modelTopology The model, as model.json has it.
 * @param weights All weights.
 * @returns The model, ready to run.
 * @throws {SyntaxError} If the library cannot take the model; the message says why.
 */
export async function loadPredictor(modelTopology: object, weights: Weights): Promise<Predictor> {
  const tf = await library();
  const weightData = joined([...weights.values()].map(({ data }) => data));
  const weightSpecs = [...weights].map(([name, { shape }]) => {
    return { name, shape: [...shape], dtype: "float32" as const };
  });
  let model: LayersModel;
  try {
    model = await tf.loadLayersModel(
      tf.io.fromMemory({ modelTopology, weightSpecs, weightData }),
    );
  } catch (error) {
    throw new SyntaxError(`Cannot load the model: ${reasonOf(error)}`);
  }
  return {
    predict: (rows, texts) =>
      tf.tidy(() => {
        const input = tf.tensor2d(rows, [texts, rows.length / texts], "int32");
        const output = model.predict(input, { batchSize: texts });
        if (Array.isArray(output) || output.shape.length !== 2) {
          throw new SyntaxError("Cannot use the model: its output is not a row of scores");
        }
        return output.dataSync() as Float32Array;
      }),
    checkLength: (words) => void outputSizes(model, words),
    dispose: () => void model.dispose(),
  };
}
