import { isInitial, NUMBER, typeOf, withoutPeriod } from "./_punkt_decide.ts";
import { punktWordEnd } from "./_punkt_words.ts";
import { skipSpace, startsLower, startsUpper } from "./_unicode.ts";

/** A distinct Punkt token, with all that depends on its text alone. */
export interface PunktWord {
  readonly token: string;
  readonly type: string;
  readonly typeNoPeriod: string;
  readonly periodFinal: boolean;
  readonly case: "upper" | "lower" | "none";
  readonly isNumber: boolean;
  readonly isInitial: boolean;
  readonly isAlpha: boolean;
  readonly isNonPunct: boolean;
}

/** Where a token stands: first of its line, first after a blank line. */
export const Place = { INSIDE: 0, LINE_START: 1, PARAGRAPH_START: 2 } as const;

/** A text as Punkt's tokens: `words[ids[i]]` stands at `places[i]`. */
export interface PunktText {
  readonly words: readonly PunktWord[];
  readonly ids: readonly number[];
  readonly places: readonly number[];
}

const ALPHA = /^[\p{L}\p{Nl}\p{No}_]+$/u;
const HAS_ALPHA = /[\p{L}\p{Nl}\p{No}_]/u;

/** Whether a type holds any letter, or what Python takes for one. */
export function isNonPunct(type: string): boolean {
  return HAS_ALPHA.test(type);
}

/** Tokens of a text, line by line. */
export function readPunktText(text: string): PunktText {
  const byToken = new Map<string, number>();
  const words: PunktWord[] = [];
  const ids: number[] = [];
  const places: number[] = [];
  let afterBlankLine = false;
  for (let lineStart = 0; lineStart <= text.length;) {
    const newline = text.indexOf("\n", lineStart);
    const lineEnd = newline < 0 ? text.length : newline;
    let i = skipSpace(text, lineStart, lineEnd);
    if (i === lineEnd) afterBlankLine = true;
    for (let first = true; i < lineEnd; first = false) {
      const end = punktWordEnd(text, i, lineEnd);
      const token = text.slice(i, end);
      let id = byToken.get(token);
      if (id === undefined) {
        id = words.length;
        byToken.set(token, id);
        words.push(punktWord(token));
      }
      ids.push(id);
      places.push(
        !first ? Place.INSIDE : afterBlankLine ? Place.PARAGRAPH_START : Place.LINE_START,
      );
      if (first) afterBlankLine = false;
      i = skipSpace(text, end, lineEnd);
    }
    lineStart = lineEnd + 1;
  }
  return { words, ids, places };
}

function punktWord(token: string): PunktWord {
  const type = typeOf(token);
  return {
    token,
    type,
    typeNoPeriod: withoutPeriod(type),
    periodFinal: token.endsWith("."),
    case: startsLower(token) ? "lower" : startsUpper(token) ? "upper" : "none",
    isNumber: type === NUMBER,
    isInitial: isInitial(token),
    isAlpha: ALPHA.test(token),
    isNonPunct: isNonPunct(type),
  };
}
