import { CharCnn } from "@heatword/core/char-cnn";
import { plainVectors, Vocabulary } from "@heatword/core/word-cnn";
import { Random } from "@heatword/core";

/** A char-CNN of drawn numbers, in float64, or in float32. */
export function madeModel({ single = false, width = 3, blanks = true, wordLength = 6 } = {}) {
  const random = new Random(7);
  const draw = (length: number, scale = 0.5) => {
    const values = Float64Array.from({ length }, () => scale * random.normal());
    return single ? Float32Array.from(values) : values;
  };
  const alphabet = new Vocabulary([..."abcdeé字𝒳 -"]);
  const [dimensions, filters, classes] = [4, 9, 3];
  return new CharCnn({
    classes: ["one", "two", "three"],
    alphabet,
    vectors: plainVectors(draw(alphabet.size * dimensions), dimensions),
    width,
    wordLength,
    blanks,
    convolutionWeights: draw(width * dimensions * filters),
    convolutionBias: draw(filters, 0.2),
    denseWeights: draw(filters * classes),
    denseBias: draw(classes),
  });
}

/** A text of drawn words over the alphabet of the model, of one to five characters. */
export function madeText(seed: number, words: number): string {
  const random = new Random(seed);
  const letters = [..."abcdeé字𝒳-AB?"];
  return Array.from({ length: words }, () => {
    const length = 1 + random.below(5);
    return Array.from({ length }, () => letters[random.below(letters.length)]!).join("");
  }).join(" ");
}

/**
 * The scores as the formulas say: of the characters of the words one after the other, blanks between
 * them, those of deleted words zero.
 */
export function scoresByFormula(
  model: CharCnn,
  text: string,
  isDeleted = (_word: number) => false,
): number[] {
  const { alphabet, vectors, width, wordLength, blanks, ...weights } = model.parameters;
  const { convolutionWeights, convolutionBias, denseWeights, denseBias } = weights;
  const { dimensions } = vectors;
  const zero = new Float64Array(dimensions);
  const characters = text.split(/\s+/).filter((word) => word !== "").flatMap((word, t) =>
    [...[...word].slice(0, wordLength - Number(blanks)), ...(blanks ? [" "] : [])].map((one) => {
      const row = [one, one.toLowerCase()].map((form) => alphabet.words.indexOf(form))
        .find((row) => row >= 0);
      if (isDeleted(t) || row === undefined) return zero;
      const vector = new Float64Array(dimensions);
      vectors.copyRow(row, vector, 0);
      return vector;
    })
  );
  while (characters.length < width) characters.push(zero);
  const filters = convolutionBias.length;
  const classes = denseBias.length;
  const scores = [...denseBias];
  for (let f = 0; f < filters; f++) {
    let best = -Infinity;
    for (let t = 0; t + width <= characters.length; t++) {
      let z = convolutionBias[f]!;
      for (let k = 0; k < width; k++) {
        for (let d = 0; d < dimensions; d++) {
          z += characters[t + k]![d]! * convolutionWeights[(k * dimensions + d) * filters + f]!;
        }
      }
      best = Math.max(best, z);
    }
    for (let c = 0; c < classes; c++) {
      scores[c] = scores[c]! + Math.max(0, best) * denseWeights[f * classes + c]!;
    }
  }
  return scores;
}
