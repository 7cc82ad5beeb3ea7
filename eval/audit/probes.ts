import { Random } from "@heatword/core";
import { withFeature, withoutFeature, withWordsApart } from "./edits.ts";
import { APART, type Feature, isAdjacent, isGeneral, nameOf, partsOf } from "./features.ts";
import type { Span } from "./groups.ts";
import type { Placed } from "./judge.ts";
import type { AuditTask, ScoredText } from "./run/messages.ts";
import type { ExplainedText } from "./tally.ts";

/** How many texts are changed to see what a feature does. */
export interface ProbeLimits {
  /** Texts of other classes that it is put into. */
  readonly insertions: number;
  /** Texts that it is taken out of. */
  readonly deletions: number;
}

/** What is asked about a feature, and how its answers are read. */
export interface Probe {
  /**
   * Without it, with it, and what the latter is compared with; each in the same order, the last once for
   * each thing to compare with.
   */
  readonly tasks: readonly AuditTask[];
  /** The texts that it is taken out of. */
  readonly without: readonly number[];
}

/** What came out. */
export interface Probed {
  /** How many predictions change without it. */
  readonly flips: number;
  /** Of how many. */
  readonly deleted: number;
  /** How many predictions change to its class with it. */
  readonly turned: number;
  /** Of how many. */
  readonly inserted: number;
  /**
   * How far it moves texts that it is put into towards its class: the mean change of the margin, beside
   * the largest of what it is compared with.
   */
  readonly shift: number;
  /** Whether the model does not see it: no score changes, with it or without. */
  readonly unseen: boolean;
}

/** So many examples of how a feature stands in texts are put into others. */
const EXAMPLES = 20;

function drawn(things: readonly number[], most: number, random: Random): number[] {
  if (things.length <= most) return [...things];
  return Array.from(random.shuffle(Int32Array.from(things)).subarray(0, most).sort());
}

/** How a feature is written in texts. */
function examplesOf(texts: readonly ExplainedText[], feature: Placed): string[] {
  if (feature.kind === "pair" && !isAdjacent(feature)) return [];
  return [...feature.places].slice(0, EXAMPLES).map(([i, spans]) => {
    const last = isAdjacent(feature) ? spans[1]! : spans[0]!;
    return texts[i]!.document.text.slice(spans[0]![0], last[1]);
  });
}

/** The words of a pair that stand apart, in the order that most texts have. */
function inUsualOrder(texts: readonly ExplainedText[], feature: Placed): [string, string] {
  const [first, second] = partsOf(feature) as [string, string];
  const begins =
    [...feature.places].filter(([i, [span]]) =>
      texts[i]!.document.text.slice(...span!).toLowerCase() === first
    ).length;
  return 2 * begins >= feature.places.size ? [first, second] : [second, first];
}

/** Whether a feature is one word, written in a certain way. */
const isOneWord = (feature: Feature) => feature.kind === "casing" && !isGeneral(feature);

/**
 * What to ask a model about a feature: texts that have it without it, and texts of other classes with
 * it, put between two words.
 *
 * @param texts The texts.
 * @param feature The feature.
 * @param limits How many.
 * @param seed Draws the texts, the places and the examples.
 */
export function probeOf(
  texts: readonly ExplainedText[],
  feature: Placed,
  limits: ProbeLimits,
  seed: number,
): Probe {
  const { target, places } = feature;
  const name = nameOf(feature);
  const random = new Random(seed);
  const without = drawn([...places.keys()], limits.deletions, random.fork(1));
  const foreign = [...texts.keys()].filter((i) =>
    texts[i]!.predicted !== target && texts[i]!.label !== target && !places.has(i)
  );
  const into = drawn(foreign, limits.insertions, random.fork(2));
  const examples = examplesOf(texts, feature);
  const put = (what: Feature, how: readonly string[]) => {
    const draw = random.fork(3);
    return into.map((i) => withFeature(texts[i]!.document.text, what, how, draw));
  };
  const lower = examples.map((example) => example.toLowerCase());
  const removed = (i: number) =>
    withoutFeature(texts[i]!.document.text, feature, places.get(i) as readonly Span[]);
  const isApart = feature.kind === "pair" && !isAdjacent(feature);
  const [first, second] = isApart ? inUsualOrder(texts, feature) : [];
  const apart = (...words: [string | undefined, string | undefined]) => {
    const draw = random.fork(3);
    return into.map((i) => withWordsApart(texts[i]!.document.text, words, draw));
  };
  const beside = () => {
    // A word in capitals is compared with the same word, a pair with its words in other places, or with
    // either of them where it is in any order, if there they are in use.
    if (isOneWord(feature)) return put({ kind: "token", what: feature.what.toLowerCase() }, lower);
    if (feature.kind === "pair" && !feature.isWhole) {
      // In any order, both words say more than either only where they do so together.
      if (isApart) return [...apart(first, undefined), ...apart(undefined, second)];
      return put({ kind: "pair", what: partsOf(feature).toReversed().join(APART) }, []);
    }
    return into.map((i) => texts[i]!.document.text);
  };
  return {
    without,
    tasks: [
      { name: `without ${name}`, texts: without.map(removed), target },
      {
        name: `with ${name}`,
        texts: isApart ? apart(first, second) : put(feature, examples),
        target,
      },
      { name: `beside ${name}`, texts: beside(), target },
    ],
  };
}

/** Reads the answers to what was asked about a feature. */
export function readProbe(
  texts: readonly ExplainedText[],
  { target, kind }: Pick<Placed, "target" | "kind">,
  { without }: Probe,
  [removed, put, beside]: readonly (readonly ScoredText[])[],
): Probed {
  const changes = put!.map(({ margin }, k) => {
    const compared = beside!.filter((_, i) => i % put!.length === k).map(({ margin }) => margin);
    return margin - Math.max(...compared);
  });
  const flipped = removed!.filter(({ predicted }, k) =>
    predicted !== texts[without[k]!]!.predicted
  );
  return {
    flips: flipped.length,
    deleted: without.length,
    turned: put!.filter(({ predicted }) => predicted === target).length,
    inserted: put!.length,
    shift: changes.length === 0 ? 0 : changes.reduce((sum, change) => sum + change, 0) /
      changes.length,
    // The words of a pair may decide where the pair does not.
    unseen: (kind === "pair" || flipped.length === 0) && changes.every((change) => change === 0),
  };
}
