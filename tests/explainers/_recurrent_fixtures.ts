// Reference networks with recurrent layers, with answers of other implementations.
import {
  averageOverTime,
  bidirectional,
  type Cell,
  conv1d,
  dense,
  type ElementFunction,
  gruCell,
  hardSigmoidFunction,
  type Layer,
  lstmCell,
  maxOverTime,
  Random,
  recurrent,
  relu,
  reluFunction,
  sigmoidFunction,
  simpleCell,
  tanhFunction,
  type VectorInput,
} from "@heatword/core";
import { networkModel } from "@heatword/explainers/check";
import { fixturesFolder, lacksFixtures } from "../_skip.ts";

// deno-lint-ignore no-explicit-any
export type Json = any;

/** Why there are no such fixtures, if there are none. */
export const lacks: string | undefined = lacksFixtures("recurrent");

const folder = `${fixturesFolder}/recurrent`;

/** The names of all networks, of those in files of their own. */
export function fixtureNames(): string[] {
  if (lacks !== undefined) return [];
  return [...Deno.readDirSync(folder)]
    .filter(({ name, isFile }) => isFile && name.endsWith(".json"))
    .map(({ name }) => name).sort();
}

/** Reads a fixture, with arrays for those that it draws. */
export function readFixture(name: string): Json {
  const json = JSON.parse(Deno.readTextFileSync(`${folder}/${name}`));
  if (json.generator) draw(json);
  return json;
}

/** Puts drawn arrays where they belong: `layer/weight`, `layer/direction/weight`, or `x`. */
function draw(json: Json): void {
  const { seed, draws } = json.generator;
  const random = new Random(seed);
  for (const { name, shape, scale } of draws) {
    const size = shape.reduce((product: number, n: number) => product * n, 1);
    const values = Array.from(
      { length: size },
      () => Math.fround((2 * random.uniform() - 1) * scale),
    );
    const parts = name.split("/");
    const key = parts.pop();
    if (parts.length === 0) {
      const [, columns] = shape;
      json[key] = Array.from(
        { length: shape[0] },
        (_, t) => values.slice(t * columns, (t + 1) * columns),
      );
      continue;
    }
    let at = json.layers.find((layer: Json) => layer.name === parts[0]);
    for (const part of parts.slice(1)) at = at[part];
    at[key] = values;
  }
}

const flat = (list: Json): Float64Array => Float64Array.from(list.flat(Infinity));

const functions: Record<string, ElementFunction> = {
  tanh: tanhFunction,
  relu: reluFunction,
  sigmoid: sigmoidFunction,
  hard_sigmoid: hardSigmoidFunction(),
  hard_sigmoid_keras3: hardSigmoidFunction(1 / 6),
};

function cellOf(json: Json): Cell {
  const weights = {
    units: json.units,
    kernel: flat(json.kernel),
    recurrentKernel: flat(json.recurrent_kernel),
    ...(json.bias && { bias: flat(json.bias) }),
  };
  const activation = functions[json.activation]!;
  if (json.type === "SimpleRNN") return simpleCell(weights, { activation });
  const both = { activation, recurrentActivation: functions[json.recurrent_activation]! };
  return json.type === "LSTM"
    ? lstmCell(weights, both)
    : gruCell(weights, json.reset_after === true, both);
}

function layersOf(json: Json, mask: boolean[] | undefined): Layer[] {
  const { type, name } = json;
  const options = {
    returnSequences: json.return_sequences === true,
    goBackwards: json.go_backwards === true,
    ...(mask && { mask }),
  };
  const activation = json.activation === "relu" ? [relu(`${name}/relu`)] : [];
  switch (type) {
    case "Bidirectional":
      return [bidirectional(cellOf(json.forward), cellOf(json.backward), {
        returnSequences: options.returnSequences,
        mergeMode: json.merge_mode,
        ...(mask && { mask }),
      }, name)];
    case "LSTM":
    case "GRU":
    case "SimpleRNN":
      return [recurrent(cellOf(json), options, name)];
    case "Conv1D": {
      const bias = flat(json.bias);
      return [
        conv1d(flat(json.kernel), bias, json.kernel_size ?? json.kernel.length, name),
        ...activation,
      ];
    }
    case "Dense": {
      const bias = json.bias ? flat(json.bias) : new Float64Array(json.units);
      return [dense(flat(json.kernel), bias, name), ...activation];
    }
    case "GlobalMaxPooling1D":
      return [maxOverTime(name)];
    case "GlobalAveragePooling1D":
      return [averageOverTime(name)];
    default:
      throw new Error(`Cannot make layer "${name}" of type "${type}"`);
  }
}

/** The network of a fixture, and an input of word vectors. */
export function networkOf(json: Json, x: number[][] = json.x) {
  const dimensions = x[0]!.length;
  const layers = json.layers.flatMap((layer: Json) => layersOf(layer, json.mask));
  const classes = json.C ?? json.layers.at(-1).units;
  const model = networkModel({
    classes: Array.from({ length: classes }, (_, c) => `class ${c}`),
    layers,
    dimensions,
    minLength: 1,
    vectorOf: () => undefined,
  });
  const input: VectorInput = { length: x.length, dimensions, vectors: flat(x) };
  return { model, input };
}
