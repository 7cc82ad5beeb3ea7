import { type Feature, nameOf, partsOf } from "./features.ts";
import type { Tally } from "./tally.ts";

/** A feature that is in the texts of one class more often than in others. */
export interface Associated extends Feature {
  /** The class. */
  readonly target: number;
  /** In how many texts of it the feature is. */
  readonly inside: number;
  /** In how many texts it is. */
  readonly all: number;
  /** How much that says, in nats: n · KL(share of the class among them ‖ among all texts). */
  readonly evidence: number;
}

/** In fewer texts of a class nothing can be told of a feature. */
export const LEAST_TEXTS = 3;
/** Features that say less of their class are not looked at, in nats. */
const LEAST_EVIDENCE = 2;
/** A pair, or a way to write a word, must say so much more than any of its words, in nats. */
const MORE_THAN_PARTS = 3;

/** n · KL(p ‖ q) where p is above q, else 0. */
function evidenceOf(inside: number, all: number, prior: number): number {
  const p = inside / all;
  if (p <= prior || prior <= 0) return 0;
  const other = p < 1 ? (1 - p) * Math.log((1 - p) / (1 - prior)) : 0;
  return all * (p * Math.log(p / prior) + other);
}

/** The class that a feature speaks for by where it is. */
function associate(tally: Tally, sizes: readonly number[]): Associated {
  const { kind, what, byClass } = tally;
  const all = byClass.reduce((sum, count) => sum + count, 0);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const evidences = byClass.map((inside, c) => evidenceOf(inside, all, sizes[c]! / total));
  const target = evidences.keys().reduce(
    (best, c) => evidences[c]! > evidences[best]! ? c : best,
    0,
  );
  const inside = byClass[target]!;
  return { kind, what, target, inside, all, evidence: evidences[target]! };
}

/**
 * The features that are worth a look, those that say most of a class first: of pairs and of words in
 * capitals only those that say more than their words, or whose words are nowhere else.
 *
 * @param tallies What was counted.
 * @param sizes How many texts each class has, shape [C].
 */
export function associatedFeatures(
  tallies: readonly Tally[],
  sizes: readonly number[],
): Associated[] {
  const words = new Map<string, Associated & Pick<Tally, "byClass">>();
  const all = tallies.map((tally) => {
    const found = associate(tally, sizes);
    if (found.kind === "token") words.set(nameOf(found), { ...found, byClass: tally.byClass });
    return found;
  });
  return all.filter((feature) => {
    const { inside, all, evidence, kind } = feature;
    if (inside < LEAST_TEXTS || evidence < LEAST_EVIDENCE) return false;
    const parts = partsOf(feature).map((what) => words.get(nameOf({ kind: "token", what })));
    const known = parts.filter((part) => part !== undefined);
    if (known.length === 0) return true;
    const beyond = known.map((part) =>
      evidenceOf(inside, all, part.byClass[feature.target]! / part.all)
    );
    if (Math.min(...beyond) >= MORE_THAN_PARTS) return true;
    return kind === "pair" && all >= 0.9 * Math.max(...known.map(({ all }) => all));
  }).sort((a, b) => b.evidence - a.evidence || (nameOf(a) < nameOf(b) ? -1 : 1));
}
