import { Random } from "@heatword/core";
import {
  RecurrentClassifier,
  type RecurrentShape,
  recurrentShapes,
  type WeightName,
} from "@heatword/core/recurrent";
import { plainVectors, Vocabulary } from "@heatword/core/word-cnn";

/** Drawn weights of a network. */
export function madeWeights(shape: RecurrentShape, seed: number): Record<WeightName, Float32Array> {
  const random = new Random(seed);
  const entries = recurrentShapes(shape).map(([name, sizes]) => {
    const length = sizes.reduce((product, size) => product * size, 1);
    return [name, Float32Array.from({ length }, () => 0.4 * random.normal())] as const;
  });
  return Object.fromEntries(entries) as Record<WeightName, Float32Array>;
}

/** A model with drawn weights and word vectors. */
export function madeRecurrent(
  words: readonly string[],
  shape: Partial<RecurrentShape> = {},
  type: typeof Float32Array | typeof Float64Array = Float32Array,
): RecurrentClassifier {
  const whole: RecurrentShape = {
    cell: "lstm",
    units: 4,
    bidirectional: true,
    readout: "max",
    dimensions: 3,
    classes: 3,
    ...shape,
  };
  const random = new Random(5);
  const values = Float32Array.from(
    { length: words.length * whole.dimensions },
    () => random.normal(),
  );
  const entries = Object.entries(madeWeights(whole, 4)).map(([name, w]) =>
    [name, type.from(w)] as const
  );
  return new RecurrentClassifier({
    ...whole,
    classes: Array.from({ length: whole.classes }, (_, c) => `class ${c}`),
    vocabulary: new Vocabulary(words),
    vectors: plainVectors(type.from(values), whole.dimensions),
    weights: Object.fromEntries(entries),
  });
}
