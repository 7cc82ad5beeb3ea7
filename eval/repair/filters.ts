import { Random } from "@heatword/core";
import { withDenseLearned, type WordCnn } from "@heatword/core/word-cnn";
import { predictedClass } from "../classification/mod.ts";
import { meanOf } from "../statistics/mod.ts";
import { counterExamples, type LeakingText } from "./counter_examples.ts";
import type { Leak } from "./leak.ts";
import { measuredTexts, outcomesOf } from "./measure.ts";

/** A choice of filters to switch off, and how it did on texts that were held out. */
export interface FilterChoice {
  /** How many are off. */
  readonly off: number;
  /** The accuracy on held-out texts without the leak. */
  readonly accuracy: number;
  /** The share of the relevance on the leak, in held-out texts that have it. */
  readonly mass: number;
}

/** A model with filters switched off, and which. */
export interface FilteredModel {
  /** The model. */
  readonly model: WordCnn;
  /** The filters that are off, the one that leaned most on the leak first. */
  readonly off: readonly number[];
  /** All that was tried. */
  readonly tried: readonly FilterChoice[];
  /** How many texts it was chosen by. */
  readonly heldOut: number;
}

/** The part of the training texts of each class that is held out to choose by. */
const HELD_OUT = 0.2;
/** The network has seen the held-out texts, so differences that are smaller say nothing. */
const MARGIN = 0.01;
/** How little the weights of the dense layer are penalised. */
const COST = 0.1;

/**
 * How much each filter leans on a leak: the mean, over the texts that have it, of the absolute relevance
 * that it hands to the leak for the predicted class.
 *
 * @param model The model.
 * @param texts The texts; those without the leak do not count.
 * @returns For each filter, shape [F].
 */
export function filterRelevance(model: WordCnn, texts: readonly LeakingText[]): Float64Array {
  const sums = new Float64Array(model.filters);
  const { denseWeights, widths } = model.filterBank;
  const classes = model.classes.length;
  let count = 0;
  for (const { text, spans } of texts) {
    if (spans.length === 0) continue;
    count++;
    const document = model.read(text);
    const isLeak = document.tokens.map(({ start, end }) =>
      spans.some(([from, to]) => start < to && from < end)
    );
    const { scores, preActivations, starts, parts } = model.winnings(model.encode(document));
    const predicted = predictedClass(scores);
    for (let f = 0; f < sums.length; f++) {
      if (preActivations[f]! <= 0) continue;
      let part = 0;
      for (let k = 0; k < widths[f]!; k++) {
        if (isLeak[starts[f]! + k]) part += parts[k]![f]!;
      }
      sums[f]! += Math.abs(part * denseWeights[f * classes + predicted]!);
    }
  }
  return sums.map((sum) => sum / Math.max(1, count));
}

/**
 * Holds out a part of the texts of each class, with and without the leak alike; where that is none with
 * the leak, one of them.
 */
function holdOut(texts: readonly LeakingText[], random: Random): [LeakingText[], LeakingText[]] {
  const held = new Set<LeakingText>();
  const kinds = Map.groupBy(texts, ({ label, spans }) => `${spans.length > 0} ${label}`);
  for (const own of kinds.values()) {
    const order = random.shuffle(Int32Array.from(own.keys()));
    order.subarray(0, Math.floor(HELD_OUT * own.length)).forEach((i) => held.add(own[i]!));
  }
  const having = texts.filter(({ spans }) => spans.length > 0);
  if (having.length > 1 && !having.some((text) => held.has(text))) {
    held.add(having[random.below(having.length)]!);
  }
  return [texts.filter((text) => !held.has(text)), texts.filter((text) => held.has(text))];
}

/** 0, 1, 2, 4, … and all that lean on the leak, as long as one filter is left. */
function countsOf(relevance: Float64Array): number[] {
  const leaning = relevance.filter((value) => value > 0).length;
  const most = Math.min(leaning, relevance.length - 1);
  const doubled = Array.from({ length: 32 }, (_, i) => 2 ** i).filter((count) => count < most);
  return [...new Set([0, ...doubled, most])];
}

/** The mean; 0 of none. */
const meanOrZero = (values: readonly number[]) => values.length === 0 ? 0 : meanOf(values);

/**
 * Switches off the filters of a word-CNN that lean on a leak, and learns the dense layer anew on the
 * others, from counter-examples (after FIND, Lertvittayakumjorn et al. 2020). How
 * many are switched off is chosen on held-out training texts: of all numbers whose accuracy without the
 * leak is within a standard error of the best, or within a point, that which leaves the least
 * relevance on the leak.
 *
 * @param model The model; it is not changed.
 * @param texts The texts to learn from, and where they have the leak.
 * @param leak The leak.
 * @param explainer What gives the relevances.
 * @param seed Draws the texts that are held out.
 */
export async function switchFiltersOff(
  model: WordCnn,
  texts: readonly LeakingText[],
  leak: Leak,
  explainer: string,
  seed: number,
): Promise<FilteredModel> {
  const relevance = filterRelevance(model, texts);
  const ranked = [...relevance.keys()].sort((a, b) => relevance[b]! - relevance[a]! || a - b);
  const rowsOf = (list: readonly LeakingText[]) =>
    counterExamples(list, leak, seed).texts.map(({ text, label }) => ({
      label: model.classes.indexOf(label),
      rows: model.encode(model.read(text)).rows!,
    }));
  const [learned, heldOut] = holdOut(texts, new Random(seed));
  const measured = measuredTexts(
    heldOut.map(({ text, label }) => model.read(text, { label })),
    leak,
  );
  const rows = rowsOf(learned);
  const tried: FilterChoice[] = [];
  for (const off of countsOf(relevance)) {
    const candidate = withDenseLearned(model, {
      documents: rows,
      off: ranked.slice(0, off),
      cost: COST,
    });
    const outcomes = await outcomesOf(candidate, explainer, measured);
    tried.push({
      off,
      accuracy: meanOrZero(outcomes.map(({ rightWithout }) => rightWithout)),
      mass: meanOrZero(outcomes.flatMap(({ mass }) => mass ?? [])),
    });
  }
  const best = Math.max(...tried.map(({ accuracy }) => accuracy));
  const error = Math.sqrt(best * (1 - best) / Math.max(1, heldOut.length));
  const least = best - Math.max(error, MARGIN);
  const [chosen] = tried.filter(({ accuracy }) => accuracy >= least)
    .sort((a, b) => a.mass - b.mass || a.off - b.off);
  const off = ranked.slice(0, chosen!.off);
  return {
    model: withDenseLearned(model, { documents: rowsOf(texts), off, cost: COST }),
    off,
    tried,
    heldOut: heldOut.length,
  };
}
