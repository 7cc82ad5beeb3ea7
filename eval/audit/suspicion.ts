import type { Usual } from "./judge.ts";
import { type FeatureKind, isAdjacent } from "./features.ts";

/** What is known of a feature when it is judged. */
export interface Evidence {
  /** In how many texts of its class it is. */
  readonly inside: number;
  /** In how many of all. */
  readonly all: number;
  /** How many texts the class has. */
  readonly size: number;
  /** How many there are. */
  readonly texts: number;
  /** What kind of thing it is: of some there are so many that more of them look odd by chance. */
  readonly kind: FeatureKind;
  /** Which. */
  readonly what: string;
  /** Whether it is a pair whose words are hardly anywhere but in it. */
  readonly isWhole: boolean;
  /** How many features of the kind are in about as many texts. */
  readonly alike: number;
  /** How well the rest of a text tells whether it has the feature; see `company`. */
  readonly company: number;
  /** The company of features in about as many texts. */
  readonly usualCompany: Usual;
  /** What its neighbours say; see `ExpectedNeighbours`. */
  readonly neighbours: number;
  /**
   * How far it moves texts of other classes that it is put into, as a multiple of the median of what was
   * tried for the class.
   */
  readonly effect: number;
}

/** The parts of a suspicion, in nats. */
export interface Suspicion {
  /** That the rest of the text does not tell whether the feature is there. */
  readonly company: number;
  /** That it stands anywhere, not in phrases. */
  readonly neighbours: number;
  /** That it is in one class alone. */
  readonly purity: number;
  /** That there are few of its kind among which one could look so by chance. */
  readonly chance: number;
  /** That it moves decisions more than others do. */
  readonly effect: number;
  /** What the kind is: a group is told by its only member, words apart by the words. */
  readonly kind: number;
  /** The sum. */
  readonly total: number;
}

/** From where a finding is an alarm: none of the clean tables comes near it (docs/audit.md). */
export const ALARM = 7.5;

const clamp = (value: number, low: number, high: number) => Math.max(low, Math.min(high, value));
/** ln of the normal density. */
const logNormal = (x: number, mean: number, sd: number) =>
  -(((x - mean) / sd) ** 2) / 2 - Math.log(sd * Math.sqrt(2 * Math.PI));

/** Of so many words of a subject the area is anything between 0.3 and 1. */
const ODD = 0.1;

/** A text with a feature says no more of its company than so many nats: three texts prove little. */
const OF_A_TEXT = 0.4;

/** ln P(area | added to any text of the class) − ln P(area | belongs to a subject). */
function companySays({ company: area, inside, usualCompany }: Evidence): number {
  if (!Number.isFinite(area)) return 0;
  // That of Mann and Whitney's statistic among many others; and the judge is not perfect.
  const sd = Math.hypot(Math.sqrt(1 / (12 * inside)), 0.02);
  const seen = Math.max(0.5, area);
  const { median, spread } = usualCompany;
  const subject = (1 - ODD) * Math.exp(logNormal(seen, median, spread)) + ODD / 0.7;
  return Math.min(OF_A_TEXT * inside, logNormal(seen, 0.5, sd) - Math.log(subject));
}

/** What it says that texts of the class have it so much more often than others. */
function puritySays({ inside, all, size, texts }: Evidence): number {
  const rate = (having: number, of: number) => (having + 0.5) / (of + 1);
  const ratio = rate(inside, size) / rate(all - inside, texts - size);
  return clamp(1.25 * Math.log(ratio) - 2.5, -4, 3);
}

/** Groups and pairs are told by a single word often enough, words that stand apart the more. */
function kindSays(known: Evidence): number {
  if (known.kind === "group") return -0.5;
  if (known.kind !== "pair") return 0;
  return isAdjacent(known) || known.isWhole ? -0.5 : -2;
}

/**
 * How much speaks for a feature having been added to texts of a class, whatever they say, rather than
 * belonging to what they say: a sum of log-likelihood ratios, each within limits, so that none decides
 * alone.
 *
 * @param known What is known of it.
 */
export function suspicionOf(known: Evidence): Suspicion {
  const parts = {
    company: clamp(companySays(known), -6, 4),
    neighbours: clamp(known.neighbours, -4, 2),
    purity: puritySays(known),
    chance: 4 - Math.log(known.alike),
    effect: clamp(Math.log(Math.max(known.effect, 1e-9)), -3, 2),
    kind: kindSays(known),
  };
  return { ...parts, total: Object.values(parts).reduce((sum, part) => sum + part, 0) };
}
