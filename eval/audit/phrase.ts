import type { Document } from "@heatword/core";
import type { Span } from "./groups.ts";

/** A feature in a text, with what always stands beside it. */
export interface InPhrase {
  /** Index of the text. */
  readonly text: number;
  /** The whole phrase. */
  readonly span: Span;
}

/** A phrase is not longer on either side of what it is about, in words. */
const REACH = 6;
/** What stands beside so many of all places belongs to the phrase. */
const ALWAYS = 0.9;

type Side = "left" | "right";

function wordBeside({ tokens }: Document, [start, end]: Span, side: Side) {
  return side === "left"
    ? tokens.findLast((token) => token.end <= start)
    : tokens.find((token) => token.start >= end);
}

/** The places with one more word at a side, where nearly all have the same; else nothing. */
function extended(
  documents: readonly Document[],
  places: readonly InPhrase[],
  side: Side,
): InPhrase[] | undefined {
  const longer = new Map<string, InPhrase[]>();
  for (const { text, span } of places) {
    const beside = wordBeside(documents[text]!, span, side);
    if (beside === undefined) continue;
    const word = beside.text.toLowerCase();
    const whole: Span = side === "left" ? [beside.start, span[1]] : [span[0], beside.end];
    longer.set(word, [...longer.get(word) ?? [], { text, span: whole }]);
  }
  return longer.values().find((some) => some.length >= ALWAYS * places.length);
}

/**
 * The phrase that a feature stands in: with the words that stand beside it nearly always. Places
 * without them are left out.
 *
 * @param documents The texts.
 * @param places The feature in each of at least three texts.
 */
export function phraseAround(
  documents: readonly Document[],
  places: readonly InPhrase[],
): readonly InPhrase[] {
  let phrase = places;
  for (const side of ["left", "right"] as const) {
    for (let words = 0; words < REACH; words++) {
      const longer = extended(documents, phrase, side);
      if (longer === undefined) break;
      phrase = longer;
    }
  }
  return phrase;
}
