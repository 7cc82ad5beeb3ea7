/**
 * How targets are written: a class by its name, `predicted`, `runner-up`, `all`, or two with `-vs-`
 * between. Any text can be the name of a class, so each thing has a second way to be written: a name
 * in quotes, as JSON has it, is always a class, and `@predicted` is never one unless a class is so
 * called; then `@@predicted` is not, and so on.
 *
 * @module
 */
import type { Target } from "@heatword/core";

/** Words that stand for a class that depends on the text. */
export type Place = "predicted" | "runner-up";

/** A class by its index, or by its place among the scores of the text. */
export type Side = number | Place;

/** What a written target means. */
export type TargetRequest =
  | "all"
  | Side
  | { readonly of: Side; readonly against: Side };

/** What stands between the two classes of a contrast. */
export const VERSUS = "-vs-";

/** All words that are not names. */
export const keywords = ["predicted", "runner-up", "all"] as const;

const QUOTED = /^"(?:[^"\\]|\\.)*"$/s;
const BOTH_QUOTED = /^("(?:[^"\\]|\\.)*")-vs-("(?:[^"\\]|\\.)*")$/s;

function quotedClass(text: string, classes: readonly string[]): number {
  if (!QUOTED.test(text)) return -1;
  try {
    return classes.indexOf(JSON.parse(text));
  } catch {
    return -1;
  }
}

/** What a text means that is not a contrast; names of classes come first. */
function readOne(text: string, classes: readonly string[]): Side | "all" | undefined {
  for (const index of [classes.indexOf(text), quotedClass(text, classes)]) {
    if (index >= 0) return index;
  }
  const word = text.replace(/^@+/, "");
  return keywords.find((keyword) => keyword === word);
}

const isSide = (meaning: Side | "all" | undefined): meaning is Side =>
  meaning !== undefined && meaning !== "all";

/** The contrasts that a text can mean; two names in quotes are those and no others. */
function readContrasts(text: string, classes: readonly string[]): TargetRequest[] {
  const [of, against] =
    BOTH_QUOTED.exec(text)?.slice(1).map((name) => quotedClass(name, classes)) ?? [];
  if (of !== undefined && against !== undefined && of >= 0 && against >= 0) {
    return [{ of, against }];
  }
  const found: TargetRequest[] = [];
  for (let at = text.indexOf(VERSUS); at >= 0; at = text.indexOf(VERSUS, at + 1)) {
    const of = readOne(text.slice(0, at), classes);
    const against = readOne(text.slice(at + VERSUS.length), classes);
    if (isSide(of) && isSide(against)) found.push({ of, against });
  }
  return found;
}

/**
 * What a written target can mean: nothing, one thing, or several contrasts.
 *
 * @param text The target as written.
 * @param classes The classes of the model.
 */
export function readTarget(text: string, classes: readonly string[]): TargetRequest[] {
  const one = readOne(text, classes);
  return one === undefined ? readContrasts(text, classes) : [one];
}

/** A name in quotes, its first character as an escape: another text that means the same. */
function escaped(name: string): string {
  const code = name.charCodeAt(0).toString(16).padStart(4, "0");
  return name === "" ? '""' : `"\\u${code}${JSON.stringify(name.slice(1)).slice(1)}`;
}

/** The ways to write a class or a word that stands for one, the plainest first. */
function forms(side: Side | "all", classes: readonly string[]): string[] {
  if (typeof side === "number") {
    const name = classes[side]!;
    return [name, JSON.stringify(name), escaped(name)];
  }
  let word: string = side;
  while (classes.includes(word)) word = `@${word}`;
  return [word];
}

/** Whether two requests are the same. */
export const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/**
 * Writes a target so that it is read as that and nothing else; without quotes where that can be.
 *
 * @param request What is meant.
 * @param classes The classes of the model.
 * @param read How it will be read.
 */
export function writeTarget(
  request: TargetRequest,
  classes: readonly string[],
  read: (text: string) => readonly unknown[] = (text) => readTarget(text, classes),
): string {
  const ways = typeof request !== "object" ? forms(request, classes) : [0, 1, 2].flatMap((i) => {
    const [of, against] = [forms(request.of, classes), forms(request.against, classes)];
    return `${of[i] ?? of.at(-1)}${VERSUS}${against[i] ?? against.at(-1)}`;
  });
  const way = ways.find((text) => {
    const [meaning, ...others] = read(text);
    return others.length === 0 && isSame(meaning, request);
  });
  return way ?? ways.at(-1)!;
}

/** The name of what is explained: a class, or two with `-vs-` between, in quotes where needed. */
export function targetName(target: Target, classes: readonly string[]): string {
  return typeof target === "number" ? classes[target]! : writeTarget(target, classes);
}

/**
 * The two classes of a contrast, from the name that {@linkcode targetName} gave it; nothing for a
 * class.
 */
export function contrastOf(name: string, classes: readonly string[]): [string, string] | undefined {
  const [meaning] = readTarget(name, classes);
  if (typeof meaning !== "object") return undefined;
  const { of, against } = meaning;
  return typeof of === "number" && typeof against === "number"
    ? [classes[of]!, classes[against]!]
    : undefined;
}
