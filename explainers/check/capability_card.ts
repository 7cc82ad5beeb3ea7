import { checkCard, describeOptions, type ExplainerTags } from "@heatword/core";
import type { CheckReport } from "./check_explainer.ts";

const yesNo = (value: boolean) => value ? "yes" : "no";

/**
 * What the tags of an explainer say, in words.
 *
 * @param tags The tags.
 * @returns Lines of a name and a value.
 */
export function describeTags(tags: ExplainerTags): [name: string, value: string][] {
  const { needs, signed, conserves, conservationTolerance, ignoresDeleted, stochastic } = tags;
  const sum = conserves === "score"
    ? "the score, less what biases keep"
    : conserves === "difference"
    ? "the difference from the score of the empty text"
    : "nothing in particular";
  return [
    ["needs", needs],
    ["signed", yesNo(signed)],
    ["sums to", conservationTolerance ? `${sum}, within ${100 * conservationTolerance} %` : sum],
    ["deleted words get 0", yesNo(ignoresDeleted ?? false)],
    ["samples", stochastic ? 'yes, by an option "seed"' : "no"],
  ];
}

/**
 * A page on what an explainer can do and which checks it passes, as plain text.
 *
 * @param report What the conformance kit found.
 * @returns Lines of text.
 *
 * @example
 * ```ts
 * import { capabilityCard, checkExplainer } from "@heatword/explainers/check";
 * import { sa } from "@heatword/explainers/sa";
 * import { assertStringIncludes } from "@std/assert";
 *
 * assertStringIncludes(capabilityCard(await checkExplainer(sa)), "✓ is never negative");
 * ```
 */
export function capabilityCard({ explainer, ...checked }: CheckReport): string {
  return checkCard(explainer?.name, checked, () => [
    `  ${explainer.description}`,
    `  ${explainer.citation}`,
    "",
    ...describeTags(explainer.tags).map(([name, value]) => `  ${`${name}:`.padEnd(21)}${value}`),
    ...describeOptions(explainer.options),
  ]);
}
