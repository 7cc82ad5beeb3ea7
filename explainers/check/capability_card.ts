import { describeOption, type Explainer, type ExplainerTags } from "@heatword/core";
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
 * The options of an explainer, in words.
 *
 * @param explainer The explainer.
 * @returns A line for each option: name, default, what it takes and does.
 */
export function describeOptions({ options }: Explainer): string[] {
  return Object.entries(options).map(([name, spec]) =>
    `${name}=${spec.default}: ${spec.description} (${describeOption(spec)})`
  );
}

const marks = { passed: "✓", failed: "✗", skipped: "–" } as const;

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
 * assertStringIncludes(capabilityCard(checkExplainer(sa)), "✓ is never negative");
 * ```
 */
export function capabilityCard({ explainer, passed, results }: CheckReport): string {
  const counted = (status: string) => results.filter((result) => result.status === status).length;
  const lines = [`${explainer?.name ?? "(no name)"}: ${passed ? "conforms" : "does not conform"}`];
  if (results.length > 1) {
    lines.push(`  ${explainer.description}`, `  ${explainer.citation}`, "");
    for (const [name, value] of describeTags(explainer.tags)) {
      lines.push(`  ${`${name}:`.padEnd(21)}${value}`);
    }
    const options = describeOptions(explainer);
    lines.push(`  options:${options.length === 0 ? "             none" : ""}`);
    for (const option of options) lines.push(`    ${option}`);
  }
  lines.push("");
  for (const { name, status, detail } of results) {
    lines.push(`  ${marks[status]} ${name}${detail === undefined ? "" : `: ${detail}`}`);
  }
  const summary = (["passed", "failed", "skipped"] as const)
    .map((status) => `${counted(status)} ${status}`).join(", ");
  lines.push("", `  ${summary}`);
  return lines.join("\n");
}
