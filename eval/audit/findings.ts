import { proportionInterval } from "../statistics/mod.ts";
import { meanOverTexts } from "./mean_interval.ts";
import type { FeatureKind } from "./features.ts";
import { isAdjacent, nameOf, partsOf } from "./features.ts";
import type { Placed } from "./judge.ts";
import type { Probed } from "./probes.ts";
import { ALARM, type Suspicion, suspicionOf } from "./suspicion.ts";
import { type ExplainedText, shareIn } from "./tally.ts";

/** A count with how many were tried, and the interval of its share. */
export interface Counted {
  /** How many. */
  readonly count: number;
  /** Of how many. */
  readonly of: number;
  /** The lower end of the 95 % interval of the share (Wilson); null where nothing was tried. */
  readonly low: number | null;
  /** The upper end. */
  readonly high: number | null;
}

/** Something that the model should perhaps not look at. */
export interface Finding {
  /** From 1 for the strongest. */
  readonly rank: number;
  /** What it is. */
  readonly kind: FeatureKind;
  /** Which. */
  readonly what: string;
  /** The class that it speaks for. */
  readonly class: string;
  /** The share of the relevance for the class that it carries in texts predicted as it. */
  readonly mass: number;
  /** How many predictions change without it; of the texts in `deleted`. */
  readonly flips: number;
  /** How many texts have it. */
  readonly documents: number;
  /** The lower end of the 95 % interval of `mass`, over texts. */
  readonly low: number;
  /** The upper end. */
  readonly high: number;
  /** How many of the texts that have it are of the class. */
  readonly ofClass: number;
  /** The suspicion, in nats, and what it is made of. */
  readonly suspicion: Suspicion;
  /** Whether the suspicion is above the threshold. */
  readonly alarm: boolean;
  /** Predictions that change without it. */
  readonly deleted: Counted;
  /** Predictions that change to the class with it, of texts of other classes. */
  readonly inserted: Counted;
  /** The words that stand beside it nearly always, and it. */
  readonly phrase: string;
  /** The texts that it decides first, then others that have it, by name. */
  readonly examples: readonly string[];
}

/** A count as it is told. */
export function counted(count: number, of: number): Counted {
  if (of === 0) return { count, of, low: null, high: null };
  const { low, high } = proportionInterval(count, of);
  return { count, of, low, high };
}

/** The mean of shares of relevance over texts, with Student's interval, within 0 and 1. */
export function massOf(shares: readonly number[]): { mass: number; low: number; high: number } {
  if (shares.length === 0) return { mass: 0, low: 0, high: 1 };
  const { estimate, low, high } = meanOverTexts(shares, [0, 1]);
  return { mass: estimate, low, high };
}

/**
 * Something that a model does not see, and that is more suspicious than anything that it sees, and half
 * of what is an alarm or more; or would be an alarm, if only the texts are asked.
 */
export interface NotSeen
  extends Pick<Finding, "kind" | "what" | "class" | "documents" | "ofClass"> {
  /** The suspicion, in nats, without what the model says. */
  readonly suspicion: number;
}

/** A feature and what became of its probe. */
export interface Judged {
  /** The feature. */
  readonly feature: Placed;
  /** What came out. */
  readonly probed: Probed;
}

/** The middle of some numbers; 0 of none. */
function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** How suspicious a feature is. */
function suspicionIn(
  texts: readonly ExplainedText[],
  sizes: readonly number[],
  feature: Placed,
  effect: number,
): Suspicion {
  return suspicionOf({ ...feature, size: sizes[feature.target]!, texts: texts.length, effect });
}

/** By so many features for a class it is seen how far one moves texts towards it; else by all. */
const MANY = 10;
/** Where features hardly move texts to a class, its own middle says little: this share of that of all. */
const LEAST_OF_ALL = 0.5;

/** How far features move texts towards each class: the middle of those that were tried. */
function usualShifts(seen: readonly Judged[], classes: number): number[] {
  const shifts = (some: readonly Judged[]) =>
    median(some.map(({ probed }) => Math.max(0, probed.shift)));
  const all = shifts(seen) || 1;
  return Array.from({ length: classes }, (_, c) => {
    const some = seen.filter(({ feature }) => feature.target === c);
    return some.length < MANY ? all : Math.max(shifts(some), LEAST_OF_ALL * all);
  });
}

/** A feature that the model does not see, as it is told. */
function asNotSeen(
  texts: readonly ExplainedText[],
  sizes: readonly number[],
  classes: readonly string[],
  feature: Placed,
): NotSeen {
  const { kind, what, target, inside, places } = feature;
  const { total } = suspicionIn(texts, sizes, feature, 1);
  return {
    kind,
    what,
    class: classes[target]!,
    documents: places.size,
    ofClass: inside,
    suspicion: total,
  };
}

/** What is not seen is told from this suspicion on, where what is seen has less. */
const LEAST_NOT_SEEN = ALARM / 2;

/** A pair whose words are hardly anywhere else comes before its words, by so many nats. */
const BEFORE_PARTS = 0.25;

/**
 * Ranks what was judged.
 *
 * @param texts The texts.
 * @param judged The features.
 * @param classes The names of the classes.
 * @param most How many findings there are at most; alarms all are there.
 * @returns The findings; what the model does not see, although it is as suspicious (but no pairs, whose
 * words it may see); and of how many features no more is told: those that change no score, and those
 * of less suspicion.
 */
export function rankFindings(
  texts: readonly ExplainedText[],
  judged: readonly Judged[],
  classes: readonly string[],
  most: number,
): { findings: Finding[]; notSeen: NotSeen[]; unseen: number; untold: number } {
  const seen = judged.filter(({ probed }) => !probed.unseen);
  // Words apart are tried beside either of them, which moves texts less than what others are.
  const usual = usualShifts(
    seen.filter(({ feature: one }) => one.kind !== "pair" || isAdjacent(one) || one.isWhole),
    classes.length,
  );
  const sizes = classes.map((_, c) => texts.filter(({ label }) => label === c).length);
  const totals = new Map<string, number>();
  const ranked = seen.map((one) => {
    const { feature, probed } = one;
    const suspicion = suspicionIn(texts, sizes, feature, probed.shift / usual[feature.target]!);
    totals.set(nameOf(feature), suspicion.total);
    return { ...one, suspicion, order: suspicion.total };
  });
  for (const one of ranked) {
    if (!one.feature.isWhole) continue;
    const parts = partsOf(one.feature).flatMap((what) =>
      totals.get(nameOf({ kind: "token", what })) ?? []
    );
    if (parts.length < 2 || one.order < Math.max(...parts) - 2) continue;
    one.order = Math.max(one.order, ...parts) + BEFORE_PARTS;
  }
  ranked.sort((a, b) =>
    b.order - a.order || b.feature.evidence - a.feature.evidence ||
    (nameOf(a.feature) < nameOf(b.feature) ? -1 : 1)
  );
  const last = ranked.findLastIndex(({ order }) => order >= ALARM);
  const told = ranked.slice(0, Math.max(most, last + 1));
  const findings = told.map(({ feature, probed, suspicion, order }, i) => {
    const { kind, what, target, inside, places, phrase } = feature;
    const shares = texts.flatMap((text, t) =>
      text.predicted === target ? [places.has(t) ? shareIn(text, places.get(t)!) : 0] : []
    );
    return {
      rank: i + 1,
      kind,
      what,
      class: classes[target]!,
      ...massOf(shares),
      flips: probed.flips,
      documents: places.size,
      ofClass: inside,
      suspicion: { ...suspicion, total: order },
      alarm: order >= ALARM,
      deleted: counted(probed.flips, probed.deleted),
      inserted: counted(probed.turned, probed.inserted),
      phrase,
      examples: [...places.keys()].slice(0, 3).map((t) => texts[t]!.document.id ?? String(t + 1)),
    };
  });
  // Where the model sees nothing, only what would be an alarm is told.
  const strongest = ranked.length === 0
    ? ALARM
    : Math.max(...ranked.map(({ suspicion }) => suspicion.total - suspicion.effect));
  const notSeen = judged.filter(({ probed, feature }) => probed.unseen && feature.kind !== "pair")
    .map(({ feature }) => asNotSeen(texts, sizes, classes, feature))
    .filter(({ suspicion }) => suspicion >= Math.max(LEAST_NOT_SEEN, Math.min(ALARM, strongest)))
    .sort((a, b) => b.suspicion - a.suspicion || (nameOf(a) < nameOf(b) ? -1 : 1));
  const [unseen, untold] = [judged.length - seen.length, ranked.length - told.length];
  return { findings, notSeen, unseen, untold };
}
