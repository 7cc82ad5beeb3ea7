import { Random } from "@heatword/core";
import { plainVectors, saveWordCnn, trainWordCnn, Vocabulary } from "@heatword/core/word-cnn";

/** For each class the words that its texts have. */
const topics: Readonly<Record<string, readonly string[]>> = {
  boats: ["sail", "keel", "harbour", "anchor", "rope"],
  bread: ["flour", "oven", "crust", "dough", "yeast"],
  chess: ["rook", "pawn", "gambit", "castle", "mate"],
};
const common = ["the", "a", "of", "with", "and", "some"];

/** Texts of three classes: seven words that say nothing, and some of the class. */
export function topicTexts(
  count: number,
  seed: number,
  telling = 2,
): { text: string; label: string }[] {
  const random = new Random(seed);
  const one = (words: readonly string[]) => words[random.below(words.length)]!;
  const classes = Object.keys(topics);
  return Array.from({ length: count }, (_, i) => {
    const label = classes[i % classes.length]!;
    const words = Array.from({ length: 7 }, () => one(common));
    for (let k = 0; k < telling; k++) {
      words.splice(random.below(words.length), 0, one(topics[label]!));
    }
    return { text: words.join(" "), label };
  });
}

/** The texts as a table. */
export const topicTable = (count: number, seed: number, telling = 2): string =>
  [
    "label,text",
    ...topicTexts(count, seed, telling).map(({ label, text }) => `${label},${text}`),
    "",
  ]
    .join("\n");

/** Trains a small word-CNN on such texts, and saves it. */
export async function saveTaughtModel(folder: string): Promise<void> {
  const random = new Random(1);
  const words = [...common, ...Object.values(topics).flat()];
  const dimensions = 24;
  const vocabulary = new Vocabulary(words);
  const classes = Object.keys(topics);
  const hyperparameters = { filters: 60, epochs: 15, labelSmoothing: 0.1, dropout: 0.2 };
  const { model } = await trainWordCnn({
    classes,
    vocabulary,
    vectors: plainVectors(
      Float32Array.from({ length: words.length * dimensions }, () => random.normal()),
      dimensions,
    ),
    documents: topicTexts(120, 2).map(({ text, label }) => ({
      label: classes.indexOf(label),
      rows: Int32Array.from(text.split(" "), (word) => vocabulary.row(word)),
    })),
    hyperparameters,
    seed: 3,
    threads: 1,
  });
  await saveWordCnn(folder, model, { training: { hyperparameters, bestEpoch: 15 } });
}
