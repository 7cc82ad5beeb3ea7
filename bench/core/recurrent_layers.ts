/**
 * What LRP of a recurrent layer costs, over its forward pass: an LSTM, a GRU and an LSTM in both
 * directions, on texts of word vectors, in float32.
 *
 *     deno run -A bench/core/recurrent_layers.ts [--words N] [--units N] [--dimensions N] [--rounds N]
 *
 * Times are those of one thread, in milliseconds, the least of the rounds.
 *
 * @module
 */
import {
  activations,
  bidirectional,
  type Cell,
  dense,
  explainAll,
  gruCell,
  type Layer,
  lstmCell,
  Random,
  recurrent,
  type VectorInput,
} from "@heatword/core";
import { networkModel } from "@heatword/explainers/check";
import "@heatword/explainers";
import { parseArgs } from "@std/cli/parse-args";

const args = parseArgs(Deno.args, { string: ["words", "units", "dimensions", "rounds"] });
const length = Number(args.words ?? 400);
const units = Number(args.units ?? 128);
const dimensions = Number(args.dimensions ?? 300);
const rounds = Number(args.rounds ?? 10);
const CLASSES = 20;

const random = new Random(1);
const draw = (count: number, scale: number) =>
  Float32Array.from({ length: count }, () => (2 * random.uniform() - 1) * scale);

function weightsOf(gates: number, biases = gates) {
  return {
    units,
    kernel: draw(dimensions * gates * units, 1 / Math.sqrt(dimensions)),
    recurrentKernel: draw(units * gates * units, 1 / Math.sqrt(units)),
    bias: draw(biases * units, 0.1),
  };
}

const lstm = (): Cell => lstmCell(weightsOf(4));
const layers: Record<string, readonly [Layer, number]> = {
  "LSTM": [recurrent(lstm()), units],
  "GRU": [recurrent(gruCell(weightsOf(3, 6), true)), units],
  "both ways": [bidirectional(lstm(), lstm()), 2 * units],
};

async function least(act: () => unknown): Promise<number> {
  let best = Infinity;
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    await act();
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

console.log(
  `${length} words, ${units} units, ${dimensions} dimensions, ${CLASSES} classes; milliseconds`,
);
console.log("layer        forward      LRP  over forward  all classes");
for (const [name, [layer, channels]] of Object.entries(layers)) {
  const model = networkModel({
    classes: Array.from({ length: CLASSES }, (_, c) => String(c)),
    layers: [layer, dense(draw(channels * CLASSES, 0.2), draw(CLASSES, 0.1))],
    dimensions,
    minLength: 1,
    vectorOf: () => undefined,
  });
  const vectors = draw(length * dimensions, 1);
  const input = (): VectorInput => ({ length, dimensions, vectors });
  const targets = Array.from({ length: CLASSES }, (_, c) => c);
  const forward = await least(() => activations(model.layers, model.layerInput(input())));
  const one = await least(() => explainAll("lrp", model, input(), [0]));
  const all = await least(() => explainAll("lrp", model, input(), targets));
  console.log(
    name.padEnd(10) + forward.toFixed(1).padStart(10) + one.toFixed(1).padStart(9) +
      (one / forward).toFixed(2).padStart(14) + all.toFixed(1).padStart(13),
  );
}
