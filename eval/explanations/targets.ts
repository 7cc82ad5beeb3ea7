import { type FloatArray, type Target, unknownName } from "@heatword/core";
import { UsageError } from "../../apps/cli/usage_error.ts";

/** A target with the name it goes by. */
export interface NamedTarget {
  /** The class name, or `A-vs-B`. */
  readonly name: string;
  /** What is explained. */
  readonly target: Target;
}

/** Words that stand for a class that depends on the text. */
const PREDICTED = "predicted";
const RUNNER_UP = "runner-up";
const ALL = "all";
const VERSUS = "-vs-";

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

/**
 * Checks that target names mean something to a model, before any text is there.
 *
 * @throws {RangeError} If a class is unknown (the nearest is named), or contrasted with itself.
 */
export function checkTargets(names: readonly string[], classes: readonly string[]): void {
  const scores = Float64Array.from(classes, (_, c) => -c);
  for (const name of names) resolve(name, classes, scores);
}

function classIndex(name: string, classes: readonly string[], scores: FloatArray): number {
  const known = classes.indexOf(name);
  if (known >= 0) return known;
  if (name === PREDICTED) return ranking(scores)[0]!;
  if (name === RUNNER_UP) {
    if (classes.length < 2) throw new RangeError("There is no runner-up: the model has one class");
    return ranking(scores)[1]!;
  }
  throw unknownName("class", name, [...classes, PREDICTED, RUNNER_UP, ALL]);
}

function resolve(name: string, classes: readonly string[], scores: FloatArray): NamedTarget[] {
  if (!classes.includes(name)) {
    if (name === ALL) return classes.map((name, target) => ({ name, target }));
    const at = name.indexOf(VERSUS);
    if (at > 0) {
      const of = classIndex(name.slice(0, at), classes, scores);
      const against = classIndex(name.slice(at + VERSUS.length), classes, scores);
      if (of === against) {
        throw new RangeError(`Cannot contrast class "${classes[of]}" with itself`);
      }
      return [{ name: `${classes[of]}${VERSUS}${classes[against]}`, target: { of, against } }];
    }
  }
  const target = classIndex(name, classes, scores);
  return [{ name: classes[target]!, target }];
}

/**
 * Turns names of targets into targets: a class, `predicted`, `runner-up`, `all`, or two of them
 * with `-vs-` between for the difference of their scores. A target that two names mean comes once.
 *
 * @param names What was asked for.
 * @param classes The classes of the model.
 * @param scores The scores of the text, shape [C].
 * @throws {RangeError} If a class is unknown (the nearest is named), or contrasted with itself.
 */
export function resolveTargets(
  names: readonly string[],
  classes: readonly string[],
  scores: FloatArray,
): NamedTarget[] {
  const found = new Map<string, NamedTarget>();
  for (const target of names.flatMap((name) => resolve(name, classes, scores))) {
    found.set(target.name, target);
  }
  return [...found.values()];
}
