import { jsonBytes, tf, vocabulary } from "./_saved.ts";

/** An operation of a graph by hand: its kind, its inputs, its attributes. */
export type MadeNode = readonly [
  op: string,
  inputs: readonly string[],
  attr?: Readonly<Record<string, unknown>>,
];

/** A learned array of a graph. */
export interface MadeWeight {
  readonly shape: readonly number[];
  readonly data: Float32Array | Int32Array | Uint8Array;
}

const dtypeOf = (data: MadeWeight["data"]) =>
  data instanceof Float32Array ? "float32" : data instanceof Int32Array ? "int32" : "bool";

/** Whole numbers that an operation needs. */
export const whole = (...values: number[]): MadeWeight => ({
  shape: [values.length],
  data: Int32Array.from(values),
});

/** A whole number that an operation needs. */
export const scalar = (value: number): MadeWeight => ({ shape: [], data: Int32Array.of(value) });

/** The placeholder of rows of words: of any number of texts, of a length or of any. */
export const words = (length = -1, type = "DT_INT32"): MadeNode => ["Placeholder", [], {
  dtype: { type },
  shape: { shape: { dim: [{ size: "-1" }, { size: String(length) }] } },
}];

/** A list of whole numbers as an attribute. */
export const list = (...values: number[]) => ({ list: { i: values.map(String) } });
/** A text as an attribute. */
export const text = (value: string) => ({ s: btoa(value) });

/** The files of a graph-model, as tensorflowjs_converter writes them. */
export function graphFiles(
  nodes: Readonly<Record<string, MadeNode>>,
  weights: Readonly<Record<string, MadeWeight>>,
  beside: Readonly<Record<string, unknown>> = { "vocabulary.json": vocabulary },
): Map<string, Uint8Array> {
  const constants = Object.keys(weights).map((name) => ({ name, op: "Const", attr: {} }));
  const node = Object.entries(nodes).map(([name, [op, input, attr = {}]]) => {
    return { name, op, input, attr };
  });
  const manifest = [{
    paths: ["group1-shard1of1.bin"],
    weights: Object.entries(weights).map(([name, { shape, data }]) => {
      return { name, shape, dtype: dtypeOf(data) };
    }),
  }];
  const bytes = Object.values(weights).flatMap(({ data }) => [
    ...new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
  ]);
  return new Map([
    [
      "model.json",
      jsonBytes({
        format: "graph-model",
        generatedBy: "2.11.0",
        modelTopology: { node: [...constants, ...node], library: {}, versions: {} },
        weightsManifest: manifest,
      }),
    ],
    ["group1-shard1of1.bin", Uint8Array.from(bytes)],
    ...Object.entries(beside).map(([name, json]) => [name, jsonBytes(json)] as const),
  ]);
}

/** Numbers of a tensor. */
export function weightOf(tensor: tf.Tensor): MadeWeight {
  return { shape: tensor.shape, data: tensor.dataSync() as Float32Array };
}
