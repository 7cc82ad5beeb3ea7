import type { Document } from "@heatword/core";
import { toDocument } from "@heatword/datasets/corpus";

/** Words as a text that models and explainers take. */
export function wordsDocument(words: readonly string[]): Document {
  return toDocument({ words: words.join(" "), separate: words });
}
