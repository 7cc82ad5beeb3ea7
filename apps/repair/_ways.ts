import { formatCount, formatPercent, type Model } from "@heatword/core";
import type { WordCnn } from "@heatword/core/word-cnn";
import {
  counterExamples,
  type Leak,
  type LeakingText,
  type LearnedText,
  type RepairWay,
  switchFiltersOff,
  withLeakDeleted,
  withoutLeak,
} from "@heatword/eval/repair";
import { split } from "../training/held_out.ts";
import { fullRecipe } from "../training/recipe.ts";
import { leftKnown, wordsText } from "./_known_words.ts";
import type { Learned, Learner, Lesson } from "./learner.ts";

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
  /** The epoch up to which it learned, where that was chosen. */
  readonly chosen?: Learned["chosen"];
}

/**
 * What is learned, and by what the epoch is chosen: by held-out texts without the leak, since a model
 * that has found the leak is early right on those that have it.
 *
 * @param texts The texts to learn from.
 * @param leak The leak.
 * @param learnedOf What is made of texts to learn from.
 */
function lessonOf(
  texts: readonly LeakingText[],
  leak: Leak,
  learnedOf: (texts: readonly LeakingText[]) => readonly LearnedText[],
): Pick<Lesson, "texts" | "choice"> {
  const named = texts.map((text, i) => ({ ...text, id: String(i) }));
  const [learned, heldOut] = split(named, fullRecipe.heldOut);
  return {
    texts: learnedOf(texts),
    choice: {
      texts: learnedOf(learned),
      heldOut: heldOut.map(({ text, label, spans }) => {
        return { text: withoutLeak(text, leak, spans), label };
      }),
    },
  };
}

/** How the epoch was chosen, in words. */
function chosenText({ chosen }: Learned): string {
  return chosen === undefined
    ? ""
    : `, up to epoch ${chosen.bestEpoch}, which was chosen on ${
      formatCount(chosen.heldOut, "held-out training text")
    } without the leak`;
}

/** A repaired model, and what was done in words. */
function repairedBy(learned: Learned, done: string): Repaired {
  const { model, chosen } = learned;
  return { model, done: done + chosenText(learned), ...(chosen && { chosen }) };
}

async function byDeletion({ learner, before, texts, leak, seed }: WayWork): Promise<Repaired> {
  const read = (text: string) => before.read(text);
  const deleted = withLeakDeleted(texts, leak, read);
  const learned = await learner.learn({
    ...lessonOf(texts, leak, (some) => withLeakDeleted(some, leak, read).texts),
    gone: deleted.gone,
    seed,
    task: "Learning without the leak",
  });
  const left = deleted.empty > 0
    ? `; left out: ${formatCount(deleted.empty, "text")} in which no other word is left`
    : "";
  return repairedBy(
    learned,
    `learned anew from ${
      formatCount(deleted.texts.length, "text")
    }, with the leak taken out of ${deleted.changed} of them${left}${
      wordsText(leftKnown([...deleted.gone, ...deleted.elsewhere], before, learned.model))
    }`,
  );
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
    }; the dense layer was learned anew, from counter-examples`,
  };
}

const asLearned = ({ text, label }: LearnedText): LearnedText => ({ text, label });

async function byCounterExamples({ learner, texts, leak, seed }: WayWork): Promise<Repaired> {
  const { without, with: having } = counterExamples(texts, leak, seed);
  const learned = await learner.learn({
    ...lessonOf(texts, leak, (some) => counterExamples(some, leak, seed).texts),
    seed,
    task: "Learning from counter-examples",
  });
  return repairedBy(
    learned,
    `learned anew from ${
      formatCount(texts.length, "text")
    }, with the leak taken out of ${without} of them and put into ${having}`,
  );
}

async function byPenalty({ learner, texts, leak, lambda, seed }: WayWork): Promise<Repaired> {
  const learned = await learner.learn({
    ...lessonOf(texts, leak, (some) => some.map(asLearned)),
    seed,
    penalised: { leak, penalty: lambda },
    task: "Learning with a penalty",
  });
  const marked = texts.filter(({ spans }) => spans.length > 0).length;
  return repairedBy(
    learned,
    `learned anew with λ = ${lambda} on the relevance of the leak, in ${
      formatCount(marked, "text")
    }`,
  );
}

/** What each way does. */
export const ways: Readonly<Record<RepairWay, (work: WayWork) => Promise<Repaired>>> = {
  deletion: byDeletion,
  "counter-examples": byCounterExamples,
  penalty: byPenalty,
  filters: byFilters,
};

/** What is known before a model is repaired. */
export type WaySituation = Pick<WayWork, "learner" | "before" | "leak" | "texts">;

/** A class that has no text any more where the leak is taken out. */
function emptiedClass({ before, leak, texts }: WaySituation): string | undefined {
  const deleted = withLeakDeleted(texts, leak, (text) => before.read(text));
  const left = new Set(deleted.texts.map(({ label }) => label));
  return texts.find(({ label }) => !left.has(label))?.label;
}

/**
 * Why a model cannot be repaired in a way.
 *
 * @param way The way.
 * @param situation The model, the leak and the texts to learn from.
 * @returns Why, with the way out; nothing where it can.
 */
export function whyNot(way: RepairWay, situation: WaySituation): string | undefined {
  const { learner: { kind, network }, leak } = situation;
  if (way === "counter-examples") return undefined;
  if (way === "deletion") {
    const emptied = emptiedClass(situation);
    return emptied === undefined
      ? undefined
      : `without it no text of class "${emptied}" has a word: --by counter-examples`;
  }
  if (network === undefined) {
    return `a ${kind} model has no filters and no gradients in training: --by deletion or ` +
      "counter-examples";
  }
  return leak.kind === "casing"
    ? "words are penalised and switched off whatever their case: --by deletion or counter-examples"
    : undefined;
}
