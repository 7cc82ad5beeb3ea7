import { checkCard } from "../checks.ts";
import { listExplainers } from "../explainer.ts";
import { isMaxPooled } from "../max_pooled_model.ts";
import { isDifferentiable, isLayered, type Model } from "../model.ts";
import type { ModelCost } from "./_cost.ts";
import type { ModelReport } from "./check_model.ts";

/** Milliseconds for people. */
function timeText(milliseconds: number): string {
  return milliseconds < 10
    ? `${Number(milliseconds.toPrecision(2))} ms`
    : milliseconds < 10_000
    ? `${Math.round(milliseconds)} ms`
    : `${Math.round(milliseconds / 1000)} s`;
}

function costText({ single, inBatch, batch, words }: ModelCost, { requests }: Model): string {
  const made = requests === undefined ? "" : `; ${requests} requests were made`;
  return `${timeText(single)} for a text of ${words} words alone, ${
    timeText(inBatch)
  } for each of ` +
    `${batch} together${made}`;
}

/** The registered explainers that work with a model, and those that do not. */
function explainersText(able: readonly string[]): string {
  const all = listExplainers().map(({ name }) => name);
  const others = all.filter((name) => !able.includes(name));
  if (all.length === 0) return "none is registered";
  return others.length === 0
    ? `all: ${all.join(", ")}`
    : `${able.join(", ")}; not ${others.join(", ")}`;
}

/** The names of a few classes. */
function someOf(classes: readonly string[]): string {
  const more = classes.length > 6 ? `, … (${classes.length} in all)` : "";
  return classes.slice(0, 6).join(", ") + more;
}

/**
 * A page on a model, as plain text: what it can do, which of the registered explainers work with it,
 * what a text costs, and which checks it passes.
 *
 * @param name What the model is called.
 * @param report What the conformance kit found.
 * @returns Lines of text.
 */
export function modelCard(
  name: string,
  { model, cost, explainers, ...checked }: ModelReport,
): string {
  return checkCard(name, checked, () => {
    const gives = isMaxPooled(model)
      ? "scores, gradients, layers, and what its filters won on"
      : isLayered(model)
      ? "scores, gradients and layers"
      : `${isDifferentiable(model) ? "scores and gradients" : "scores alone"}${
        model.limitation === undefined ? "" : ` (${model.limitation})`
      }`;
    const tokenizer = model.reader?.reading?.tokenizer;
    return [
      `  classes:             ${someOf(model.classes)}`,
      `  gives:               ${gives}`,
      `  words:               ${tokenizer ? `by the tokenizer "${tokenizer}"` : "cut by itself"}`,
      `  most words:          ${model.maxWords ?? model.reader?.reading?.maxWords ?? "any number"}`,
      `  explainers:          ${explainersText(explainers)}`,
      `  cost:                ${cost ? costText(cost, model) : "cannot be measured"}`,
      ...(model.notes ?? []).map((note) => `  note:                ${note}`),
    ];
  });
}
