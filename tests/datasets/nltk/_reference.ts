/**
 * A second implementation of the tokenizer, slow and literal: one search-and-replace a rule over the
 * whole sentence, one regular expression for Punkt's words. It shares no code with the fast one.
 */
import type { PunktParameters } from "@heatword/datasets/nltk";

/** White space as Python knows it, as the inside of a character class. */
export const BLANKS =
  "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const SPACE = `[${BLANKS}]`;
const SOLID = `[^${BLANKS}]`;
const LETTER = "[\\p{L}\\p{N}_]";

function pattern(source: string, flags = "gu"): RegExp {
  const spelled = source
    .replaceAll("<space>", SPACE).replaceAll("<solid>", SOLID)
    .replaceAll("<start>", `(?<!${LETTER})`).replaceAll("<end>", `(?!${LETTER})`);
  return new RegExp(spelled, flags);
}

/** A word in any case, as Python folds it. */
function anyCase(word: string): string {
  const others: Record<string, string> = { i: "\u0130\u0131", s: "\u017f" };
  return word.replace(/[a-z]/g, (c) => `[${c}${c.toUpperCase()}${others[c] ?? ""}]`);
}

type Rule = readonly [find: RegExp, replace: string];

const BEFORE_PADDING: Rule[] = [
  [/^"/gu, "``"],
  [/``/gu, " `` "],
  [/(?<=[ (\x5b{<])"/gu, " `` "],
  [pattern("([:,])(\\P{Nd})"), " $1 $2"],
  [/[:,](?=\n?$)/gu, " $& "],
  [/\.\.\./gu, " ... "],
  [/[;@#$%&]/gu, " $& "],
  [pattern(`([^.])(\\.)([\\])}>"']*)<space>*$`), "$1 $2$3 "],
  [/[?!]/gu, " $& "],
  [/([^'])' /gu, "$1 ' "],
  [/[()[\]{}<>]/gu, " $& "],
  [/--/gu, " -- "],
];

const AFTER_PADDING: Rule[] = [
  [/"/gu, " '' "],
  [pattern("(<solid>)''"), "$1 '' "],
  [/([^' ])('(?:[sSmMdD])?) /gu, "$1 $2 "],
  [/([^' ])('ll|'LL|'re|'RE|'ve|'VE|n't|N'T) /gu, "$1 $2 "],
  ...["can not", "d 'ye", "gim me", "gon na", "got ta", "lem me", "mor 'n"].map((pair): Rule => {
    const [first, second] = pair.split(" ") as [string, string];
    return [pattern(`<start>(${anyCase(first)})(${anyCase(second)})<end>`), " $1 $2 "];
  }),
  [pattern(`<start>(${anyCase("wan")})(${anyCase("na")}) `), " $1 $2 "],
  [pattern(` (${anyCase("'t")})(${anyCase("is")})<end>`), " $1 $2 "],
  [pattern(` (${anyCase("'t")})(${anyCase("was")})<end>`), " $1 $2 "],
];

/** Treebank tokens of one sentence. */
export function referenceTreebank(sentence: string): string[] {
  const apply = (rules: Rule[], text: string) =>
    rules.reduce((result, [find, replace]) => result.replace(find, replace), text);
  const padded = ` ${apply(BEFORE_PADDING, sentence)} `;
  return apply(AFTER_PADDING, padded).split(pattern("<space>+")).filter((token) => token !== "");
}

const CLOSING = "[?!)\";}\\]*:@'({\\x5b]";
const RUN = "(?:-{2,}|\\.{2,}|(?:\\.<space>){2,}\\.)";
const WORD = pattern(
  `${RUN}|(?![(\"\`{\\x5b:;&#*@)}\\]\\-,])<solid>+?(?=<space>|$|${CLOSING}|${RUN}` +
    `|,(?:$|<space>|${CLOSING}|${RUN}))|<solid>`,
);
const CANDIDATE = pattern(`<solid>*[.?!](?=(?<after>${CLOSING}|<space>+(?<next><solid>+)))`);
const REALIGNED = pattern(`^["')\\]}]+?(?:<space>+|(?=--)|$)`, "u");

/** Punkt's words of a text, line by line. */
export function referenceWords(text: string): string[] {
  return text.split("\n").flatMap((line) => line.match(WORD) ?? []);
}

interface Annotated {
  token: string;
  type: string;
  isBreak: boolean;
  isAbbreviation: boolean;
  isEllipsis: boolean;
}

function annotate(token: string, parameters: PunktParameters): Annotated {
  const type = token.toLowerCase().replace(/^-?[.,]?\p{Nd}[\p{Nd},.\-]*\.?$/u, "##number##");
  const annotated = { token, type, isBreak: false, isAbbreviation: false, isEllipsis: false };
  if ([".", "?", "!"].includes(token)) annotated.isBreak = true;
  else if (/^\.\.+$/.test(token)) annotated.isEllipsis = true;
  else if (/(?<!\.)\.$/.test(token)) {
    const word = token.slice(0, -1).toLowerCase();
    annotated.isAbbreviation = [word, word.split("-").at(-1)!]
      .some((candidate) => parameters.abbrevTypes.has(candidate));
    annotated.isBreak = !annotated.isAbbreviation;
  }
  return annotated;
}

const withoutDot = (type: string) => type.replace(/(?<=[^])\.$/u, "");
const isUpper = (token: string) => /^\p{Uppercase}/u.test(token);
const isLower = (token: string) => /^\p{Lowercase}/u.test(token);

function startsSentence(
  { token }: Annotated,
  context: number,
): boolean | "unknown" {
  if ([";", ":", ",", ".", "!", "?"].includes(token)) return false;
  if (isUpper(token) && (context & 112) !== 0 && (context & 4) === 0) return true;
  if (isLower(token) && ((context & 14) !== 0 || (context & 16) === 0)) return false;
  return "unknown";
}

function revise(first: Annotated, second: Annotated, parameters: PunktParameters): void {
  if (!first.token.endsWith(".")) return;
  const type = withoutDot(first.type);
  const nextType = second.isBreak ? withoutDot(second.type) : second.type;
  const isInitial = /^[\p{L}\p{Nl}\p{No}_]\.$/u.test(first.token);
  const context = parameters.orthoContext.get(nextType) ?? 0;
  const starts = startsSentence(second, context);
  const setAbbreviation = () => {
    first.isBreak = false;
    first.isAbbreviation = true;
  };
  if (parameters.hasCollocation(type, nextType)) return setAbbreviation();
  if ((first.isAbbreviation || first.isEllipsis) && !isInitial) {
    const frequent = isUpper(second.token) && parameters.sentStarters.has(nextType);
    if (starts === true || frequent) {
      first.isBreak = true;
      return;
    }
  }
  if (!isInitial && type !== "##number##") return;
  if (starts === false) return setAbbreviation();
  const neverLower = isUpper(second.token) && (context & 112) === 0;
  if (starts === "unknown" && isInitial && neverLower) setAbbreviation();
}

function containsBreak(context: string, parameters: PunktParameters): boolean {
  const words = referenceWords(context).map((token) => annotate(token, parameters));
  words.slice(0, -1).forEach((word, i) => revise(word, words[i + 1]!, parameters));
  return words.slice(0, -1).some((word) => word.isBreak);
}

/** Punkt's sentences. */
export function referenceSentences(text: string, parameters: PunktParameters): string[] {
  const slices: [number, number][] = [];
  let start = 0;
  for (const match of text.matchAll(CANDIDATE)) {
    const { after, next } = match.groups!;
    if (!containsBreak(match[0] + after!, parameters)) continue;
    const end = match.index + match[0].length;
    slices.push([start, end]);
    start = next === undefined ? end : end + after!.length - next.length;
  }
  slices.push([start, text.length]);

  const sentences: string[] = [];
  let moved = 0;
  slices.forEach(([from, to], i) => {
    from += moved;
    moved = 0;
    const following = slices[i + 1];
    const closers = following && REALIGNED.exec(text.slice(...following))?.[0];
    if (closers) {
      moved = closers.length;
      to = following[0] + closers.replace(pattern("<space>+$"), "").length;
    }
    if (closers || from < to) sentences.push(text.slice(from, to));
  });
  return sentences;
}
