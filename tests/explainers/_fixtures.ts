import { type LayeredModel, Random, type Relevance, type VectorInput } from "@heatword/core";
import { wordCnnFromWeights } from "@heatword/core/word-cnn";
import { layeredModel, type Net, vectorInput } from "./_model.ts";
import { environmentVariable } from "@heatword/core/permissions";
import { permitted } from "../_permitted.ts";

/** A reference network with the answers of other implementations. */
export interface Fixture {
  readonly name: string;
  readonly net: Net;
  readonly x: number[][];
  readonly epsilon: number;
  readonly target: number;
  readonly scores: number[];
  /** Answers of shape [T, D], [T], or the first row [D]. */
  readonly answers: { name: string; kind: "values" | "words" | "row0"; data: number[] }[];
}

const folder = environmentVariable("HEATWORD_FIXTURES") ?? "../shared/fixtures";

// deno-lint-ignore no-explicit-any
function generate({ seed, D, F, C, T }: Record<string, number>): any {
  const random = new Random(seed!);
  const draw = (rows: number, columns: number, scale: number) =>
    Array.from(
      { length: rows },
      () => Array.from({ length: columns }, () => Math.fround((2 * random.uniform() - 1) * scale)),
    );
  return {
    conv_w: draw(2 * D!, F!, Math.sqrt(6 / (2 * D! + F!))),
    conv_b: draw(1, F!, 0.1)[0],
    fc_w: draw(F!, C!, Math.sqrt(6 / (F! + C!))),
    fc_b: draw(1, C!, 0.1)[0],
    x: draw(T!, D!, 1),
  };
}

/** All fixtures of the folder, or none, with a notice, where there is no folder. */
export function readFixtures(): Fixture[] {
  let files: string[];
  try {
    files = !permitted("read")
      ? []
      : [...Deno.readDirSync(`${folder}/lrp`)].map((entry) => entry.name);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    const notice = `there are no reference fixtures in "${folder}" (HEATWORD_FIXTURES)`;
    console.log(`skipped: ${notice}`);
    Deno.test.ignore(`explainers agree with reference networks: ${notice}`, () => {});
    return [];
  }
  return files.filter((name) => name.endsWith(".json")).sort().map((file) => {
    const json = JSON.parse(Deno.readTextFileSync(`${folder}/lrp/${file}`));
    const arrays = json.gen ? generate(json.gen) : json;
    const list = (kind: "values" | "words" | "row0", answers: Record<string, number[][]> = {}) =>
      Object.entries(answers).map(([name, data]) => {
        // One number a word, though it stands among answers of shape [T, D].
        const words = kind === "values" && !Array.isArray(data[0]);
        return { name, kind: words ? "words" as const : kind, data: data.flat() };
      });
    return {
      name: json.name ?? file,
      net: { convW: arrays.conv_w, convB: arrays.conv_b, fcW: arrays.fc_w, fcB: arrays.fc_b },
      x: arrays.x,
      epsilon: json.epsilon,
      target: json.target,
      scores: json.scores,
      answers: [
        ...list("values", json.answers),
        ...list("words", json.answers_words),
        ...list("row0", json.answers_row0),
      ],
    };
  });
}

/** Shows the values of an explanation in the shape of an answer. */
export function inShapeOf(
  { values, words }: Relevance,
  { kind, data }: Fixture["answers"][number],
  dimensions: number,
): number[] {
  if (kind === "row0") return [...values!.subarray(0, dimensions)];
  if (kind === "words") return [...words.subarray(0, data.length)];
  // A method that works on words is written with the same number in each dimension.
  return Array.from(data, (_, i) => values?.[i] ?? words[Math.floor(i / dimensions)]!);
}

/** The largest difference between two lists of numbers, as a part of the largest number above 1. */
export function largestDifference(actual: readonly number[], expected: readonly number[]): number {
  return expected.reduce((worst, value, i) => {
    const difference = Math.abs(actual[i]! - value) / Math.max(1, Math.abs(value));
    return difference > worst || Number.isNaN(difference) ? difference : worst;
  }, actual.length === expected.length ? 0 : NaN);
}

/** The fixture's network, as plain layers or as a word-CNN with its fast ways, and its input. */
export function modelOf(
  { net, x }: Fixture,
  precision: "float64" | "float32",
  kind: "layers" | "word-CNN",
): { model: LayeredModel; input: VectorInput } {
  const make = precision === "float64"
    ? (values: number[]) => Float64Array.from(values)
    : (values: number[]) => Float32Array.from(values);
  const given = vectorInput(x, net.convW.length / 2, make);
  if (kind === "layers") return { model: layeredModel(net, make), input: given };
  const model = wordCnnFromWeights({
    convolutionWeights: make(net.convW.flat()),
    convolutionBias: make([...net.convB]),
    denseWeights: make(net.fcW.flat()),
    denseBias: make([...net.fcB]),
  });
  return { model, input: model.inputFromVectors(given.vectors) };
}
