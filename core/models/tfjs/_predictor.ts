import type { LayersModel } from "@tensorflow/tfjs";
import type { Weights } from "./_weights.ts";

/** Runs a model by the library itself. */
export interface Predictor {
  /**
   * The outputs for one text.
   *
   * @param rows Rows of the Embedding.
   */
  predict(rows: Int32Array): Float32Array;
  /** Frees the memory of the weights. */
  dispose(): void;
}

/** Prepares the library, on its fastest backend that answers at once. */
async function library(): Promise<typeof import("@tensorflow/tfjs")> {
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
  const entries = [...weights].map(([name, { shape, data }]) => ({ name, shape, data }));
  const weightData = new Uint8Array(entries.reduce((sum, { data }) => sum + data.byteLength, 0));
  let offset = 0;
  for (const { data } of entries) {
    weightData.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), offset);
    offset += data.byteLength;
  }
  const weightSpecs = entries.map(({ name, shape }) => {
    return { name, shape: [...shape], dtype: "float32" as const };
  });
  let model: LayersModel;
  try {
    model = await tf.loadLayersModel(
      tf.io.fromMemory({ modelTopology, weightSpecs, weightData: weightData.buffer }),
    );
  } catch (error) {
    throw new SyntaxError(`Cannot load the model: ${(error as Error).message}`);
  }
  return {
    predict: (rows) =>
      tf.tidy(() => {
        const output = model.predict(tf.tensor2d(rows, [1, rows.length], "int32"));
        if (Array.isArray(output) || output.shape.length !== 2) {
          throw new SyntaxError("Cannot use the model: its output is no row of scores");
        }
        return output.dataSync() as Float32Array;
      }),
    dispose: () => void model.dispose(),
  };
}
