import { assertAlmostEquals, assertEquals } from "@std/assert";
import { documentOf, drawWeights, tf, vocabulary, words } from "./_saved.ts";

/** A text whose words all test models know. */
export const text = "the ride was long but engines never stop".split(" ");
/** Its rows. */
export const rows: readonly number[] = text.map((word) => vocabulary[word]!);
/** The text as a document. */
export const document = documentOf(text);
/** The start of every test model. */
export const embedding = (inputLength?: number) =>
  tf.layers.embedding({
    inputDim: words.length,
    outputDim: 4,
    ...(inputLength !== undefined && { inputLength }),
  });

/** Sees that numbers are the same but for rounding. */
export function close(actual: ArrayLike<number>, expected: ArrayLike<number>) {
  assertEquals(actual.length, expected.length);
  for (let i = 0; i < expected.length; i++) assertAlmostEquals(actual[i]!, expected[i]!, 1e-5);
}

/** A model of one convolution, with a given end. */
export const smallModel = (last: Record<string, unknown> = {}, units = 3) =>
  drawWeights(
    tf.sequential({
      layers: [
        embedding(),
        tf.layers.conv1d({ filters: 3, kernelSize: 2, activation: "relu" }),
        tf.layers.globalMaxPooling1d({}),
        tf.layers.dense({ units, ...last }),
      ],
    }),
    5,
  );
