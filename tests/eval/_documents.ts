import { type Document, Random } from "@heatword/core";
import type { LabelledDocument } from "@heatword/eval/corpus";

const words = [
  "orbit",
  "ride",
  "launch",
  "patient",
  "doctor",
  "engine",
  "unknown",
  "the",
  "a",
  "key",
];

/** A document of drawn words. */
export function drawnDocument(random: Random, length: number): Document {
  const texts = Array.from({ length }, () => words[random.below(words.length)]!);
  let start = 0;
  const tokens = texts.map((text) => {
    const token = { text, start, end: start + text.length };
    start = token.end + 1;
    return token;
  });
  return { text: texts.join(" "), tokens };
}

/** Drawn documents of 0 to 12 words, with drawn labels. */
export function drawnDocuments(count: number, classes: number, seed = 3): LabelledDocument[] {
  const random = new Random(seed);
  return Array.from({ length: count }, (_, i) => ({
    document: drawnDocument(random, i % 13),
    label: random.below(classes),
  }));
}
