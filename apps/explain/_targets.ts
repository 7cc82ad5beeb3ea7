import { type FloatArray, type Target, unknownName } from "@heatword/core";
import {
  isSame,
  keywords,
  readTarget,
  type Side,
  targetName,
  type TargetRequest,
  VERSUS,
  writeTarget,
} from "../_target_names.ts";
import { UsageError } from "../_usage_error.ts";

/** A target with the name it goes by. */
export interface NamedTarget {
  /** The class name, or `A-vs-B`. */
  readonly name: string;
  /** What is explained. */
  readonly target: Target;
}

/** How many meanings of an ambiguous target are told. */
const TOLD = 3;

/** The classes by falling score; equal scores keep the order of the classes. */
export function ranking(scores: FloatArray): number[] {
  return [...scores.keys()].sort((a, b) => scores[b]! - scores[a]!);
}

/** Splits `a,b` and checks that no part is empty. */
export function splitList(option: string, given: string): string[] {
  const names = given.split(",").map((name) => name.trim());
  if (names.includes("")) {
    throw new UsageError(`Option --${option} takes names with commas between, not "${given}"`);
  }
  return [...new Set(names)];
}

/** The error for a target that means nothing. */
function unknown(text: string, classes: readonly string[]): RangeError {
  const at = text.indexOf(VERSUS);
  const sides = at < 0 ? [text] : [text.slice(0, at), text.slice(at + VERSUS.length)];
  const wrong = sides.find((side) => readTarget(side, classes).length === 0) ??
    sides.find((side) => readTarget(side, classes)[0] === "all") ?? text;
  return unknownName("class", wrong, [...classes, ...keywords]);
}

/** Refuses what can be told to be impossible before any text is there. */
function checked(request: TargetRequest, classes: readonly string[]): TargetRequest {
  const { of, against } = typeof request === "object"
    ? request
    : { of: request, against: undefined };
  if (classes.length < 2 && [of, against].includes("runner-up")) {
    throw new RangeError("There is no runner-up: the model has one class");
  }
  if (of === against) {
    const name = typeof of === "number" ? `class "${classes[of]}"` : `the ${of} class`;
    throw new RangeError(`Cannot contrast ${name} with itself`);
  }
  return request;
}

/** The meanings of a text, blanks around it being part of a name rather than not. */
function readTrimmed(text: string, classes: readonly string[]): TargetRequest[] {
  const exact = readTarget(text, classes);
  return exact.length > 0 ? exact : readTarget(text.trim(), classes);
}

/** The lists that a text with commas can mean: where names hold commas there may be several. */
function readLists(given: string, classes: readonly string[]): TargetRequest[][] {
  const whole = readTrimmed(given, classes);
  if (classes.includes(given)) return [whole];
  const parts = given.split(",");
  // A target names two classes at most.
  const commas = 2 * Math.max(...classes.map((name) => name.split(",").length - 1));
  /** What the first n parts mean. */
  const lists: TargetRequest[][][] = [[[]]];
  for (let end = 1; end <= parts.length; end++) {
    const found: TargetRequest[][] = [];
    for (let start = Math.max(0, end - 1 - commas); start < end; start++) {
      if (lists[start]!.length === 0) continue;
      const text = parts.slice(start, end).join(",");
      const meanings = start === 0 && end === parts.length ? whole : [
        ...readTarget(text, classes),
        ...(text === text.trim() ? [] : readTarget(text.trim(), classes)),
      ];
      for (const list of lists[start]!) {
        for (const meaning of meanings) {
          const longer = [...list, meaning];
          if (!found.some((other) => isSame(other, longer))) found.push(longer);
          if (found.length > TOLD) break;
        }
      }
    }
    lists.push(found);
  }
  return lists.at(-1)!;
}

function ambiguous(given: string, lists: TargetRequest[][], classes: readonly string[]): Error {
  const write = (request: TargetRequest) =>
    writeTarget(request, classes, (text) => readLists(text, classes).map(([first]) => first));
  const ways = lists.slice(0, TOLD).map((list) =>
    list.map((request) => `--target ${write(request)}`).join(" ")
  );
  return new RangeError(
    `Target "${given}" can mean more than one thing: write ${ways.join(" or ")} ` +
      "(with single quotes around each target in a shell)",
  );
}

/**
 * Reads the values of `--target`: each a target or several with commas between. A name of a class
 * counts before a list, and a list that can be meant in two ways is refused.
 *
 * @param given The values; none for the predicted class.
 * @param classes The classes of the model.
 * @returns The targets, one each, for {@linkcode resolveTargets}.
 * @throws {UsageError} If there is nothing between two commas.
 * @throws {RangeError} If a class is unknown (the nearest is named), contrasted with itself, or more
 * than one thing can be meant.
 */
export function splitTargets(given: readonly string[], classes: readonly string[]): string[] {
  const requests = given.flatMap((text) => {
    const lists = readLists(text, classes);
    if (lists.length > 1) throw ambiguous(text, lists, classes);
    if (lists.length === 1) return lists[0]!;
    const parts = splitList("target", text);
    throw unknown(parts.find((part) => readTarget(part, classes).length === 0) ?? text, classes);
  });
  return requests.map((request) => writeTarget(checked(request, classes), classes));
}

/** The one thing that a target means. */
function readOnly(name: string, classes: readonly string[]): TargetRequest {
  const [meaning, ...others] = readTrimmed(name, classes);
  if (meaning === undefined) throw unknown(name, classes);
  if (others.length > 0) {
    const ways = [meaning, ...others].slice(0, TOLD).map((one) => writeTarget(one, classes));
    throw new RangeError(
      `Target "${name}" can mean more than one thing: write ${ways.join(" or ")}`,
    );
  }
  return checked(meaning, classes);
}

/**
 * Checks that a target means one thing to a model, before any text is there.
 *
 * @throws {RangeError} As {@linkcode resolveTargets}, or if it is several classes at once.
 */
export function checkTarget(name: string, classes: readonly string[]): void {
  if (readOnly(name, classes) === "all") {
    throw new RangeError(`Cannot take the target "${name}" here: ask for one class at a time`);
  }
}

/**
 * Turns names of targets into targets: a class, `predicted`, `runner-up`, `all`, or two of them
 * with `-vs-` between for the difference of their scores. A target that two names mean comes once.
 *
 * @param names What was asked for; nothing for the predicted class.
 * @param classes The classes of the model.
 * @param scores The scores of the text, shape [C].
 * @throws {RangeError} If a class is unknown (the nearest is named), or contrasted with itself, or a
 * name can mean two contrasts.
 */
export function resolveTargets(
  names: readonly string[],
  classes: readonly string[],
  scores: FloatArray,
): NamedTarget[] {
  const ranked = ranking(scores);
  const indexOf = (side: Side) =>
    typeof side === "number" ? side : ranked[side === "predicted" ? 0 : 1]!;
  const found = new Map<string, NamedTarget>();
  const add = (target: Target) => {
    const name = targetName(target, classes);
    found.set(name, { name, target });
  };
  if (names.length === 0) add(ranked[0]!);
  for (const name of names) {
    const request = readOnly(name, classes);
    if (request === "all") classes.forEach((_, c) => add(c));
    else if (typeof request !== "object") add(indexOf(request));
    else {
      const [of, against] = [indexOf(request.of), indexOf(request.against)];
      if (of === against) {
        throw new RangeError(`Cannot contrast class "${classes[of]}" with itself`);
      }
      add({ of, against });
    }
  }
  return [...found.values()];
}
