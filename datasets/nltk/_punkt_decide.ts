import { isAlphabetic, startsLower, startsUpper } from "./_unicode.ts";
import { Ortho, type PunktParameters } from "./punkt_parameters.ts";

/** The type of all numbers. */
export const NUMBER = "##number##";

/** What a token looks like on its own, before its neighbour is asked. */
export const Mark = { NONE: 0, BREAK: 1, ABBREVIATION: 2, ELLIPSIS: 3 } as const;
/** One of the values of {@linkcode Mark}. */
export type Mark = (typeof Mark)[keyof typeof Mark];

const DOT = 46;
const NUMERIC = /^-?[.,]?\p{Nd}[\p{Nd},.\-]*$/u;

/** The type of a token: lower case, all numbers alike. */
export function typeOf(token: string): string {
  const code = token.charCodeAt(0);
  const mayBeNumber = code < 128 ? code >= 44 && code <= 57 : true;
  const lower = token.toLowerCase();
  return mayBeNumber && NUMERIC.test(lower) ? NUMBER : lower;
}

/** The type without its last full stop. */
export function withoutPeriod(type: string): string {
  return type.length > 1 && type.endsWith(".") ? type.slice(0, -1) : type;
}

/** A single letter and a full stop. */
export function isInitial(token: string): boolean {
  const letter = token.codePointAt(0)!;
  const length = letter > 0xffff ? 3 : 2;
  return token.length === length && token.charCodeAt(length - 1) === 46 && isAlphabetic(letter);
}

/** First pass: what the token says of itself. */
export function markOf(token: string, parameters: PunktParameters): Mark {
  if (token.charCodeAt(token.length - 1) !== DOT) {
    return token === "?" || token === "!" ? Mark.BREAK : Mark.NONE;
  }
  if (token === ".") return Mark.BREAK;
  if (token.endsWith("..")) return /^\.+$/.test(token) ? Mark.ELLIPSIS : Mark.NONE;
  const word = token.slice(0, -1).toLowerCase();
  const { abbrevTypes } = parameters;
  if (abbrevTypes.has(word)) return Mark.ABBREVIATION;
  const dash = word.lastIndexOf("-");
  return dash >= 0 && abbrevTypes.has(word.slice(dash + 1)) ? Mark.ABBREVIATION : Mark.BREAK;
}

/** Second pass: whether a sentence ends after `token` when `next` follows it. */
export function breaksBefore(token: string, next: string, parameters: PunktParameters): boolean {
  const mark = markOf(token, parameters);
  if (!token.endsWith(".")) return mark === Mark.BREAK;

  const type = withoutPeriod(typeOf(token));
  let nextType = typeOf(next);
  if (markOf(next, parameters) === Mark.BREAK) nextType = withoutPeriod(nextType);
  if (parameters.hasCollocation(type, nextType)) return false;

  const initial = isInitial(token);
  if (!initial && type !== NUMBER && mark === Mark.BREAK) return true;

  const context = parameters.orthoContext.get(nextType) ?? 0;
  const upper = startsUpper(next);
  const starts = orthoHeuristic(next, upper, context);
  if (!initial && (mark === Mark.ABBREVIATION || mark === Mark.ELLIPSIS)) {
    if (starts === true || (upper && parameters.sentStarters.has(nextType))) return true;
  }
  if (initial || type === NUMBER) {
    if (starts === false) return false;
    if (starts === undefined && initial && upper && (context & Ortho.LC) === 0) return false;
  }
  return mark === Mark.BREAK;
}

/** Whether `token` begins a sentence by its case and by those its type was seen in; undefined: unknown. */
function orthoHeuristic(token: string, upper: boolean, context: number): boolean | undefined {
  if (token.length === 1 && ";:,.!?".includes(token)) return false;
  if (upper && (context & Ortho.LC) !== 0 && (context & Ortho.MID_UC) === 0) return true;
  if (startsLower(token) && ((context & Ortho.UC) !== 0 || (context & Ortho.BEG_LC) === 0)) {
    return false;
  }
  return undefined;
}
