import { type Feature, isAdjacent, nameOf, partsOf } from "./features.ts";
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
  /** Whether it is a pair whose words are hardly anywhere but in it. */
  readonly isWhole: boolean;
}

/** In fewer texts of a class nothing can be told of a feature. */
export const LEAST_TEXTS = 3;
/** Features that say less of their class are not looked at, in nats. */
const LEAST_EVIDENCE = 2;
/** A pair, or a way to write a word, must say so much more than any of its words, in nats. */
const MORE_THAN_PARTS = 3;
/** The share of the texts with a word of a pair that have the pair, where it is nowhere else. */
const WHOLE = 0.9;
/** That of words that stand apart: by chance they stand beside each other, or are less relevant. */
const WHOLE_APART = 0.7;

/** n · KL(p ‖ q) where p is above q, else 0. */
function evidenceOf(inside: number, all: number, prior: number): number {
  const p = inside / all;
  if (p <= prior || prior <= 0) return 0;
  const other = p < 1 ? (1 - p) * Math.log((1 - p) / (1 - prior)) : 0;
  return all * (p * Math.log(p / prior) + other);
}

/** In how many texts a feature is. */
const countOf = ({ byClass }: Tally) => byClass.reduce((sum, count) => sum + count, 0);

/** The class that a feature speaks for by where it is. */
function associate(tally: Tally, sizes: readonly number[]): Omit<Associated, "isWhole"> {
  const { kind, what, byClass } = tally;
  const all = countOf(tally);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const evidences = byClass.map((inside, c) => evidenceOf(inside, all, sizes[c]! / total));
  const target = evidences.keys().reduce(
    (best, c) => evidences[c]! > evidences[best]! ? c : best,
    0,
  );
  const inside = byClass[target]!;
  return { kind, what, target, inside, all, evidence: evidences[target]! };
}

/** Marks in so many texts of a class, such as the end of a sentence, stand before others anyway. */
const ORDINARY = 0.5;

/** Which of the marks in the same texts are told: the longest, without ordinary marks at its ends. */
function toldMarks(tallies: readonly Tally[], sizes: readonly number[]): ReadonlySet<Tally> {
  const marks = tallies.filter(({ kind }) => kind === "punctuation");
  const ordinary = marks.filter(({ byClass }) =>
    byClass.some((count, c) => sizes[c]! > 0 && count >= ORDINARY * sizes[c]!)
  );
  const inSameTexts = Map.groupBy(marks, ({ texts = [] }) => texts.join());
  return new Set([...inSameTexts.values()].flatMap((some) => {
    const isBare = ({ what }: Tally) =>
      !ordinary.some((common) =>
        !some.includes(common) && (what.startsWith(common.what) || what.endsWith(common.what))
      );
    const bare = some.filter(isBare);
    // Instead of a mark with ordinary ones at its ends, what is between them is told, if that is there.
    const left = some.filter((mark) =>
      isBare(mark) || !bare.some(({ what }) => mark.what.includes(what))
    );
    return left.filter(({ what }) =>
      !left.some((other) => other.what !== what && other.what.includes(what))
    );
  }));
}

/**
 * The features that are worth a look, those that say most of a class first: of pairs and of words in
 * capitals only those that say more than their words, or whose words are nowhere else; of marks in the
 * same texts the longest, without ordinary ones before and behind.
 *
 * @param tallies What was counted.
 * @param sizes How many texts each class has, shape [C].
 */
export function associatedFeatures(
  tallies: readonly Tally[],
  sizes: readonly number[],
): Associated[] {
  const words = new Map(
    tallies.filter(({ kind }) => kind === "token")
      .map((tally) => [tally.what, { ...tally, all: countOf(tally) }]),
  );
  const often = tallies.filter(({ byClass }) => Math.max(...byClass) >= LEAST_TEXTS);
  const marks = toldMarks(often, sizes);
  return often.flatMap((tally): Associated[] => {
    if (tally.kind === "punctuation" && !marks.has(tally)) return [];
    const found = associate(tally, sizes);
    const { inside, all, evidence, kind, target } = found;
    if (inside < LEAST_TEXTS || evidence < LEAST_EVIDENCE) return [];
    const known = partsOf(found).flatMap((what) => words.get(what) ?? []);
    const share = isAdjacent(found) ? WHOLE : WHOLE_APART;
    const isWhole = kind === "pair" && known.every((part) => all >= share * part.all);
    if (known.length === 0) return [{ ...found, isWhole }];
    const beyond = known.map((part) => evidenceOf(inside, all, part.byClass[target]! / part.all));
    return isWhole || Math.min(...beyond) >= MORE_THAN_PARTS ? [{ ...found, isWhole }] : [];
  }).sort((a, b) => b.evidence - a.evidence || (nameOf(a) < nameOf(b) ? -1 : 1));
}
