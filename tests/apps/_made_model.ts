import {
  activations,
  conv1d,
  dense,
  type Document,
  gradientOf,
  type Layer,
  type LayeredModel,
  maxOverTime,
  Random,
  recomputingPerturbation,
  relu,
  type Tensor,
  type VectorInput,
} from "@heatword/core";

/** A small word model over a few known words, in float64. */
export function madeModel(
  words: readonly string[],
  classes: readonly string[],
  seed = 7,
): LayeredModel {
  const random = new Random(seed);
  const dimensions = 6;
  const filters = 12;
  const draw = (count: number, scale: number) =>
    Float64Array.from({ length: count }, () => random.normal() * scale);
  const vectors = new Map(words.map((word) => [word.toLowerCase(), draw(dimensions, 1)]));
  const layers: Layer[] = [
    conv1d(draw(2 * dimensions * filters, 0.5), draw(filters, 0.1), 2),
    relu(),
    maxOverTime(),
    dense(draw(filters * classes.length, 0.5), draw(classes.length, 0.1)),
  ];
  const layerInput = (input: VectorInput): Tensor => ({
    shape: [input.length, dimensions],
    data: input.vectors,
  });
  const model: LayeredModel = {
    classes,
    layers,
    layerInput,
    encode({ tokens }: Document): VectorInput {
      const length = Math.max(2, tokens.length);
      const rows = new Float64Array(length * dimensions);
      tokens.forEach(({ text }, t) => {
        const vector = vectors.get(text.toLowerCase());
        if (vector) rows.set(vector, t * dimensions);
      });
      return { length, dimensions, vectors: rows };
    },
    scores: (input) => activations(layers, layerInput(input)).at(-1)!.data,
    perturb: (input) => recomputingPerturbation(model, input),
    withoutWords(input, positions) {
      const rows = input.vectors.slice();
      for (const t of positions) rows.fill(0, t * dimensions, (t + 1) * dimensions);
      return { ...input, vectors: rows };
    },
    gradient: (input, weights) => gradientOf(layers, layerInput(input), weights).data,
    withVectors: (input, rows) => ({ ...input, vectors: rows }),
  };
  return model;
}

/** Splits a text at everything that is no letter; keeps the first `most` words. */
export function madeDocument(text: string, most = 400): Document {
  const all = [...text.matchAll(/[A-Za-z']+/g)].map(({ 0: word, index }) => ({
    text: word,
    start: index,
    end: index + word.length,
  }));
  return { text, tokens: all.slice(0, most), truncated: Math.max(0, all.length - most) };
}
