import { listed, type Sentence } from "@heatword/eval/heatmap";
import { contrastOf } from "../explanations/target_names.ts";
import { formatCount } from "@heatword/core/counts";
import { formatNumber, formatSigned } from "../numbers/format_number.ts";
import { type Explanation, largestRelevance, rankedClasses } from "./explanation.ts";

/** What an explanation explains, e.g. `lrp: why sci.space and not sci.med`. */
export function question({ model, explainer, target, scores, unit }: Explanation): string {
  const contrast = contrastOf(target, Object.keys(scores));
  const how = unit === undefined ? explainer : `${explainer} by ${unit}`;
  const by = model === undefined ? how : `${model}, ${how}`;
  return contrast ? `${by}: why ${contrast[0]} and not ${contrast[1]}` : `${by}: why ${target}`;
}

/** The scores that matter, e.g. `score of sci.space 4.21 (predicted); runner-up sci.med 1.02`. */
export function scoreLine(explanation: Explanation): string {
  const { target, score, scores, predicted, runnerUp, label } = explanation;
  const ranked = rankedClasses(explanation);
  const place = ranked.findIndex(([name]) => name === target) + 1;
  const parts = [
    place === 1
      ? `score of ${target} ${formatNumber(score)} (predicted)`
      : place > 1
      ? `score of ${target} ${formatNumber(score)} (place ${place} of ${ranked.length})`
      : `difference ${formatSigned(score)}`,
  ];
  if (place !== 1) parts.push(`predicted ${predicted} ${formatNumber(scores[predicted]!)}`);
  if (runnerUp !== undefined && place !== 2) {
    parts.push(`runner-up ${runnerUp} ${formatNumber(scores[runnerUp]!)}`);
  }
  if (label !== undefined) parts.push(`true class ${label}`);
  return parts.join("; ");
}

/** What the relevances sum to; `undefined` when the explainer promises no sum. */
export function conservationLine({ conservation, padding }: Explanation): string | undefined {
  if (!conservation) return undefined;
  const { sum, expected, error, keptByBiases } = conservation;
  const of = padding ? `, ${formatNumber(padding)} of it beyond the words` : "";
  const kept = keptByBiases === undefined
    ? ""
    : `; kept by biases, on no word: ${formatNumber(keptByBiases)}`;
  return `relevances sum to ${formatNumber(sum)}${of}; expected ${formatNumber(expected)} ` +
    `(relative error ${formatNumber(error)})${kept}`;
}

/** How many words the model saw, where it did not see all; else empty. */
export function cutNote({ tokens, truncated, truncatedSide }: Explanation): Sentence {
  if (truncated === 0) return [];
  const [side, place] = truncatedSide === "pre" ? ["last", "before"] : ["first", "behind"];
  return [
    `the model saw the ${side} ${formatCount(tokens.length, "word")}; ` +
    `${formatCount(truncated, "more word")} ${place} them not (grey)`,
  ];
}

/** What a reader must know about the words: what is not known, what was deleted. */
export function notes(explanation: Explanation): Sentence[] {
  const { tokens, unknown, deleted = [], unit, units = [] } = explanation;
  const lines: Sentence[] = [];
  const texts = (positions: readonly number[]) =>
    listed(positions.map((t) => tokens[t]!.text), (i) => ` (${positions[i]! + 1})`);
  if (tokens.length === 0) {
    lines.push([
      "the text has no word that the model could see: the scores are those of an empty text",
    ]);
  } else if (unknown.length === tokens.length) {
    lines.push([
      "no word of the text is known to the model: " +
      (explanation.unknownShareVector
        ? "they all have the vector of unknown words"
        : "the scores are those of an empty text"),
    ]);
  } else if (unknown.length > 0) {
    lines.push([
      `${unknown.length} of ${formatCount(tokens.length, "word")} unknown to the model (?)` +
      `${explanation.unknownShareVector ? ", with one vector for all such words" : ""}: `,
      ...texts(unknown),
    ]);
  }
  if (unit !== undefined && units.length > 0) {
    const count = formatCount(units.length, unit);
    lines.push([
      explanation.unitsAreSums
        ? `${count}: the relevance of each is the sum of those of its words`
        : `${count}: each has its relevance as a whole, and no word has one of its own`,
    ]);
  }
  if (deleted.length > 0) {
    lines.push([`${formatCount(deleted.length, "word")} deleted: `, ...texts(deleted)]);
  }
  return lines;
}

/** What the marks mean; `undefined` where there is none. */
export function legend(explanation: Explanation): string | undefined {
  const { tokens, signed, unseen = [] } = explanation;
  const max = formatNumber(largestRelevance(explanation));
  const strengths = signed
    ? `+9 to +1: for; -1 to -9: against; 9 stands for ${max}`
    : `9 to 1: matters, for or against is not told; 9 stands for ${max}`;
  const parts = [
    ...(tokens.length > 0 ? [strengths] : []),
    ...(unseen.some(({ reason }) => reason === "filtered") ? ["x: not seen"] : []),
  ];
  return parts.length > 0 ? parts.join("; ") : undefined;
}
