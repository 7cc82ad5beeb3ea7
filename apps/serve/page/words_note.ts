import type { Sentence } from "@heatword/eval/heatmap";
import { formatCount } from "@heatword/eval/numbers";
import type { Classified } from "./protocol.ts";

/** What the model sees of the text, and what not. */
export function wordsNote({ starts, unknown, truncated, cut, leftOut }: Classified): Sentence {
  const unknownWords = unknown.reduce((sum, one) => sum + one, 0);
  const seen = starts.length === 0
    ? "No words for the model to see yet"
    : `${formatCount(starts.length, "word")} seen by the model` +
      (unknownWords > 0 ? `, ${unknownWords} of them not known (?)` : "");
  const cutOff = truncated > 0
    ? `; ${truncated.toLocaleString("en")} ${cut === "start" ? "before" : "after"} them not seen`
    : "";
  return [seen + cutOff, ...(leftOut.length > 0 ? ["; ", ...leftOut] : [])];
}
