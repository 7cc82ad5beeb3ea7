import { Random } from "@heatword/core";
import { type WordCnn, wordCnnFromWeights } from "@heatword/core/word-cnn";

/** A word-CNN of full size (D 300, 800 filters, 20 classes) with drawn weights, in float32. */
export function fullSizeModel(): WordCnn {
  const random = new Random(2016);
  const draw = (count: number, scale: number) =>
    Float32Array.from({ length: count }, () => (2 * random.uniform() - 1) * scale);
  return wordCnnFromWeights({
    convolutionWeights: draw(2 * 300 * 800, Math.sqrt(6 / 1400)),
    convolutionBias: draw(800, 0.1),
    denseWeights: draw(800 * 20, Math.sqrt(6 / 820)),
    denseBias: draw(20, 0.1),
  });
}

/** A text of different words of norm 3. */
export function textOf(model: WordCnn, words: number) {
  const random = new Random(words);
  const scale = 3 / Math.sqrt(300);
  return model.inputFromVectors(
    Float32Array.from({ length: 300 * words }, () => scale * random.normal()),
  );
}
