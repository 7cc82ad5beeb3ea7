import { Random } from "@heatword/core";

/** The sizes of a network after Kim 2014, and how its layers are arranged. */
export interface KimSizes {
  /** The width of each convolution. */
  readonly widths: readonly number[];
  /** How many filters each has. */
  readonly filters: number;
  readonly dimensions: number;
  readonly classes: number;
  /** How many words the Embedding has. */
  readonly words: number;
  /** Where ReLU is. @default {"convolution"} */
  readonly relu?: "convolution" | "pooled" | "joined";
  /** Whether all weights are small whole numbers, so that there are ties. @default {false} */
  readonly whole?: boolean;
  /** What is added to the biases of the filters. @default {0} */
  readonly bias?: number;
  /** Standard deviation of the weights. @default {0.5} */
  readonly scale?: number;
  /** Further settings of the convolutions, and of the dense layer. */
  readonly convolution?: Readonly<Record<string, unknown>>;
  readonly dense?: Readonly<Record<string, unknown>>;
}

/**
 * A network after Kim 2014 as the files of a LayersModel, with drawn weights; word 0 is the zero
 * vector. A single convolution stands alone, without Concatenate.
 */
export function kimFiles(sizes: KimSizes, seed: number): Map<string, Uint8Array<ArrayBuffer>> {
  const { widths, filters, dimensions, classes, words, relu = "convolution" } = sizes;
  const random = new Random(seed);
  const specs: { name: string; shape: number[]; dtype: string }[] = [];
  const values: number[] = [];
  const draw = () => sizes.whole ? random.below(5) - 2 : random.normal() * (sizes.scale ?? 0.5);
  const put = (name: string, shape: number[], shift = 0) => {
    specs.push({ name, shape, dtype: "float32" });
    const count = shape.reduce((product, size) => product * size, 1);
    for (let i = 0; i < count; i++) values.push(draw() + shift);
  };
  const layers: unknown[] = [];
  const layer = (className: string, name: string, from: string[], config = {}) =>
    void layers.push({
      class_name: className,
      name,
      config: { name, ...config },
      inbound_nodes: from.length === 0 ? [] : [from.map((input) => [input, 0, 0, {}])],
    });
  layer("InputLayer", "rows", [], { batch_input_shape: [null, null] });
  layer("Embedding", "embedding", ["rows"], { input_dim: words, output_dim: dimensions });
  put("embedding/embeddings", [words, dimensions]);
  values.fill(0, 0, dimensions);
  const pooled = widths.map((width, g) => {
    const [convolution, maximum] = [`convolution${g}`, `max${g}`];
    const activation = relu === "convolution" ? "relu" : "linear";
    const config = { filters, kernel_size: [width], activation, ...sizes.convolution };
    layer("Conv1D", convolution, ["embedding"], config);
    put(`${convolution}/kernel`, [width, dimensions, filters]);
    put(`${convolution}/bias`, [filters], sizes.bias);
    layer("GlobalMaxPooling1D", maximum, [convolution]);
    if (relu !== "pooled") return maximum;
    layer("ReLU", `relu${g}`, [maximum]);
    return `relu${g}`;
  });
  let last = pooled[0]!;
  if (widths.length > 1) layer("Concatenate", last = "joined", pooled, { axis: -1 });
  if (relu === "joined") {
    layer("Activation", "relu", [last], { activation: "relu" });
    last = "relu";
  }
  layer("Dropout", "dropout", [last], { rate: 0.5 });
  layer("Dense", "dense", ["dropout"], { units: classes, activation: "softmax", ...sizes.dense });
  put("dense/kernel", [filters * widths.length, classes]);
  put("dense/bias", [classes]);
  const modelTopology = {
    class_name: "Model",
    config: {
      name: "kim",
      layers,
      input_layers: [["rows", 0, 0]],
      output_layers: [["dense", 0, 0]],
    },
  };
  const vocabulary = Object.fromEntries(
    Array.from({ length: words - 1 }, (_, i) => [`word${i + 1}`, i + 1]),
  );
  const json = (content: unknown) => new TextEncoder().encode(JSON.stringify(content));
  return new Map([
    [
      "model.json",
      json({ modelTopology, weightsManifest: [{ paths: ["weights.bin"], weights: specs }] }),
    ],
    ["weights.bin", new Uint8Array(Float32Array.from(values).buffer)],
    ["vocabulary.json", json(vocabulary)],
  ]);
}
