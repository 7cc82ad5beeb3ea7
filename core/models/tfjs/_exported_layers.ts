import type { FloatArray } from "../../tensor.ts";
import type { WordCnn } from "../word_cnn/word_cnn.ts";

/** A layer as Keras describes it. */
const layer = (className: string, name: string, config: object) => ({
  class_name: className,
  config: { name, trainable: true, ...config },
});

/** The name of a convolution, or of what follows it: the only one has no number. */
const nameOf = (what: string, { convolutions }: WordCnn, g: number) =>
  convolutions.length === 1 ? what : `${what}_${g + 1}`;

/** The layers of each convolution. ReLU behind the maximum gives the same scores, and dead filters keep their winner. */
function pooledLayers(model: WordCnn) {
  return model.convolutions.map(({ width, filters }, g) => [
    layer("Conv1D", nameOf("convolution", model, g), {
      filters,
      kernel_size: [width],
      strides: [1],
      padding: "valid",
      dilation_rate: [1],
      activation: "linear",
      use_bias: true,
    }),
    layer("GlobalMaxPooling1D", nameOf("max", model, g), {}),
  ]);
}

/** The layers of an exported model, as Keras describes them. */
export function topologyOf(rows: number, model: WordCnn) {
  const embedding = {
    input_dim: rows,
    output_dim: model.dimensions,
    mask_zero: false,
    input_length: null,
  };
  const pooled = pooledLayers(model);
  const top = [
    layer("Activation", "relu", { activation: "relu" }),
    layer("Dense", "dense", { units: model.classes.length, activation: "linear", use_bias: true }),
  ];
  const about = { keras_version: "tfjs-layers 4.22.0", backend: "tensor_flow.js" };
  const shape = { batch_input_shape: [null, null] };
  if (pooled.length === 1) {
    const first = layer("Embedding", "embedding", { ...shape, ...embedding });
    const layers = [first, ...pooled[0]!, ...top];
    return { class_name: "Sequential", config: { name: "word_cnn", layers }, ...about };
  }
  const after = (names: readonly string[], { class_name, config }: ReturnType<typeof layer>) => ({
    class_name,
    name: config.name,
    config,
    inbound_nodes: names.length === 0 ? [] : [names.map((name) => [name, 0, 0, {}])],
  });
  const layers = [
    after([], layer("InputLayer", "rows", { ...shape, dtype: "float32" })),
    after(["rows"], layer("Embedding", "embedding", embedding)),
    ...pooled.flatMap(([convolution, max]) => [
      after(["embedding"], convolution!),
      after([convolution!.config.name], max!),
    ]),
    after(
      pooled.map(([, max]) => max!.config.name),
      layer("Concatenate", "parallel", { axis: -1 }),
    ),
    after(["parallel"], top[0]!),
    after(["relu"], top[1]!),
  ];
  const ends = { input_layers: [["rows", 0, 0]], output_layers: [["dense", 0, 0]] };
  return { class_name: "Model", config: { name: "word_cnn", layers, ...ends }, ...about };
}

/** The names, shapes and numbers of the convolutions. */
export function convolutionArrays(model: WordCnn): [string, readonly number[], FloatArray][] {
  const { weights: { convolutionWeights, convolutionBias }, dimensions } = model;
  let [from, first] = [0, 0];
  return model.convolutions.flatMap(({ width, filters }, g) => {
    const name = nameOf("convolution", model, g);
    const kernel = convolutionWeights.subarray(from, from += width * dimensions * filters);
    const bias = convolutionBias.subarray(first, first += filters);
    return [
      [`${name}/kernel`, [width, dimensions, filters], kernel],
      [`${name}/bias`, [filters], bias],
    ];
  });
}
