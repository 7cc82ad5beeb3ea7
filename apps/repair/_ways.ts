import { formatCount, formatPercent, type Model } from "@heatword/core";
import type { WordCnn } from "@heatword/core/word-cnn";
import {
  counterExamples,
  type Leak,
  type LeakingText,
  type RepairWay,
  switchFiltersOff,
} from "@heatword/eval/repair";
import type { Learner } from "./learner.ts";

/** What every way is told. */
export interface WayWork {
  /** How models are learned. */
  readonly learner: Learner;
  /** The model that is repaired. */
  readonly before: Model;
  /** The texts to learn from, and where they have the leak. */
  readonly texts: readonly LeakingText[];
  /** The leak. */
  readonly leak: Leak;
  /** How strongly relevance on it is penalised. */
  readonly lambda: number;
  /** Name of the explainer. */
  readonly explainer: string;
  /** The seed. */
  readonly seed: number;
}

/** A repaired model. */
export interface Repaired {
  /** The model. */
  readonly model: Model;
  /** What was chosen and done, in words. */
  readonly done: string;
}

async function byFilters({ before, texts, leak, explainer, seed }: WayWork): Promise<Repaired> {
  const { model, off, tried, heldOut } = await switchFiltersOff(
    before as WordCnn,
    texts,
    leak,
    explainer,
    seed,
  );
  const chosen = tried.find((one) => one.off === off.length)!;
  return {
    model,
    done: `${off.length} of ${model.filters} filters are off, of ${
      tried.map(({ off }) => off).join(", ")
    } that were tried; on ${heldOut} held-out training texts the accuracy without the leak was ${
      formatPercent(chosen.accuracy)
    }, the relevance on it ${
      formatPercent(chosen.mass)
    }; the dense layer was learned anew, from counter-examples, too`,
  };
}

async function byCounterExamples({ learner, texts, leak, seed }: WayWork): Promise<Repaired> {
  const { without, with: having } = counterExamples(texts, leak, seed);
  const model = await learner.learn({
    texts: [...texts.map(({ text, label }) => ({ text, label })), ...without, ...having],
    seed,
    task: "Learning from counter-examples",
  });
  return {
    model,
    done: `learned anew from ${formatCount(texts.length, "text")}, ${
      formatCount(without.length, "copy", "copies")
    } without the leak and ${formatCount(having.length, "copy", "copies")} of others with it`,
  };
}

async function byPenalty({ learner, texts, leak, lambda, seed }: WayWork): Promise<Repaired> {
  const model = await learner.learn({
    texts: texts.map(({ text, label }) => ({ text, label })),
    seed,
    penalised: { leak, penalty: lambda },
    task: "Learning with a penalty",
  });
  const marked = texts.filter(({ spans }) => spans.length > 0).length;
  return {
    model,
    done: `learned anew with λ = ${lambda} on the relevance of the leak, in ${
      formatCount(marked, "text")
    }`,
  };
}

/** What each way does. */
export const ways: Readonly<Record<RepairWay, (work: WayWork) => Promise<Repaired>>> = {
  filters: byFilters,
  "counter-examples": byCounterExamples,
  penalty: byPenalty,
};

/**
 * Why a model cannot be repaired in a way.
 *
 * @param way The way.
 * @param learner How models like it are learned.
 * @param leak The leak.
 * @returns Why, with the way out; nothing where it can.
 */
export function whyNot(way: RepairWay, { kind, network }: Learner, leak: Leak): string | undefined {
  if (way === "counter-examples") return undefined;
  if (network === undefined) {
    return `a ${kind} model has no filters and no gradients in training: --by counter-examples`;
  }
  return leak.kind === "casing"
    ? "words are penalised and switched off whatever their case: --by counter-examples"
    : undefined;
}
