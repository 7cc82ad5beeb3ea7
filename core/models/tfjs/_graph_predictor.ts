import type { GraphModel, Tensor } from "@tensorflow/tfjs";
import { type Graph, refuseGraph } from "./_graph.ts";
import { joined, library, reasonOf } from "./_predictor.ts";
import type { TypedWeight } from "./_weights.ts";

/** Runs a graph by the library itself. */
export interface GraphPredictor {
  /**
   * The outputs for texts of the same length.
   *
   * @param rows Rows of the table of word vectors, shape [texts, T].
   * @param texts How many texts there are.
   * @returns The outputs, shape [texts, C]; the caller's.
   */
  predict(rows: Int32Array, texts: number): Promise<Float32Array>;
  /** Frees the memory of the weights. */
  dispose(): void;
}

async function load(
  modelTopology: object,
  weights: readonly TypedWeight[],
): Promise<GraphModel> {
  const tf = await library();
  const weightSpecs = weights.map(({ name, shape, dtype }) => ({ name, shape: [...shape], dtype }));
  const weightData = joined(weights.map(({ data }) => data));
  try {
    return await tf.loadGraphModel(
      tf.io.fromMemory({ modelTopology, weightSpecs, weightData, format: "graph-model" }),
    );
  } catch (error) {
    refuseGraph(reasonOf(error));
  }
}

/** Whether the library says that it has to wait for operations. */
const hasToWait = (error: unknown) => /executeAsync/.test((error as Error).message);

/**
 * Loads a graph into the library.
 *
 * @param modelTopology The graph, as model.json has it.
 * @param weights All weights.
 * @param graph What is known of the graph.
 * @returns The graph, ready to run.
 * @throws {SyntaxError} If the library cannot take it, so too `predict`; the message says why.
 */
export async function loadGraphPredictor(
  modelTopology: object,
  weights: readonly TypedWeight[],
  { input, dtype, output }: Graph,
): Promise<GraphPredictor> {
  const tf = await library();
  const model = await load(modelTopology, weights);
  let waits = false;
  const execute = async (feeds: Record<string, Tensor>): Promise<Tensor> => {
    if (!waits) {
      try {
        return tf.tidy(() => model.execute(feeds, output) as Tensor);
      } catch (error) {
        if (!hasToWait(error)) throw error;
        waits = true;
      }
    }
    return await model.executeAsync(feeds, output) as Tensor;
  };
  return {
    async predict(rows, texts) {
      const feed = tf.tensor2d(rows, [texts, rows.length / texts], dtype);
      let found: Tensor | undefined;
      try {
        found = await execute({ [input]: feed });
        if (found.shape.length !== 2 || found.shape[0] !== texts) {
          refuseGraph(`its output has the shape [${found.shape.join(", ")}], not [texts, classes]`);
        }
        return Float32Array.from(await found.data());
      } catch (error) {
        if (error instanceof SyntaxError) throw error;
        refuseGraph(reasonOf(error));
      } finally {
        feed.dispose();
        found?.dispose();
      }
    },
    dispose: () => model.dispose(),
  };
}
