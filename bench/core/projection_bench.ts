/**
 * Projecting words onto filters: 1,024 words of 300 numbers, 800 filters of two words, by the
 * project's kernel and by TensorFlow.js. One thread each.
 *
 *     deno bench --allow-read --allow-env --allow-net bench/core/projection_bench.ts
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { setThreadsCount } from "@tensorflow/tfjs-backend-wasm";
import { inputsOf, madeModel, madeVectors, paperSizes } from "./_made.ts";

const WORDS = 1024;
const sizes = { ...paperSizes, words: WORDS };
const vectors = madeVectors(sizes);
const text = Int32Array.from({ length: WORDS }, (_, i) => i);

Deno.bench("kernel (mul and add, 4 × 8 tiles)", { group: "projection", baseline: true }, (b) => {
  const model = madeModel(sizes, vectors);
  const inputs = inputsOf(model, [text]);
  b.start();
  model.prepare(inputs);
  b.end();
});

setThreadsCount(1);
const draw = (rows: number, columns: number) => tf.randomUniform([rows, columns], -1, 1);
for (const backend of ["wasm", "cpu"]) {
  await tf.setBackend(backend);
  const words = draw(WORDS, sizes.dimensions);
  const filters = draw(sizes.dimensions, 2 * sizes.filters);
  const options = { group: "projection", n: backend === "cpu" ? 3 : 20, warmup: 1 };
  Deno.bench(`TensorFlow.js, ${backend}`, options, async () => {
    await tf.setBackend(backend);
    const product = tf.matMul(words, filters);
    product.dataSync();
    product.dispose();
  });
}
