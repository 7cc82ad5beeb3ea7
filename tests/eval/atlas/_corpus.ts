import { type Document, Random } from "@heatword/core";
import { plainVectors, Vocabulary, WordCnn } from "@heatword/core/word-cnn";

/** Words of the model, and words that it does not know. */
const words = ["ride", "orbit", "moon", "cure", "a", "the", "nurse", "engine"];
const unknownWords = ["zork", "<b>quux</b>"];
const classes = ["bikes", "med", "space"];

/** A small model. */
export function atlasModel(): WordCnn {
  const random = new Random(5);
  const draw = (count: number) => Float32Array.from({ length: count }, () => random.normal());
  const filters = 9;
  return new WordCnn({
    classes,
    vocabulary: new Vocabulary(words),
    vectors: plainVectors(draw(words.length * 4), 4),
    convolutionWeights: draw(8 * filters),
    convolutionBias: draw(filters),
    denseWeights: draw(filters * classes.length),
    denseBias: draw(classes.length),
  });
}

/** Random documents of the words, capitalised now and then, some of them empty or of one word. */
export function atlasCorpus(count = 60): Document[] {
  const random = new Random(11);
  return Array.from({ length: count }, (_, i) => {
    let text = "";
    const tokens = Array.from({ length: random.below(9) }, () => {
      const pool = random.below(5) === 0 ? unknownWords : words;
      const word = pool[random.below(pool.length)]!;
      const written = random.below(4) === 0 ? word.toUpperCase() : word;
      const start = text.length;
      text += written + (random.below(6) === 0 ? ".\n\n" : " ");
      return { text: written, start, end: start + written.length };
    });
    return { text, tokens, id: `doc/${i}`, label: classes[i % 3]! };
  });
}
