import { type FloatArray, type Target, unknownName } from "@heatword/core";
import {
  keywords,
  readTarget,
  type Side,
  targetName,
  type TargetRequest,
  VERSUS,
  writeTarget,
} from "./target_names.ts";

/** How many meanings of an ambiguous target are shown. */
export const MAX_MEANINGS = 3;

/** A target with the name it goes by. */
export interface NamedTarget {
  /** The class name, or `A-vs-B`. */
  readonly name: string;
  /** What is explained. */
  readonly target: Target;
}

/** The classes by falling score; equal scores keep the order of the classes. */
export function ranking(scores: FloatArray): number[] {
  return [...scores.keys()].sort((a, b) => scores[b]! - scores[a]!);
}

/** The error for a target that means nothing. */
export function unknownTarget(text: string, classes: readonly string[]): RangeError {
  const at = text.indexOf(VERSUS);
  const sides = at < 0 ? [text] : [text.slice(0, at), text.slice(at + VERSUS.length)];
  const wrong = sides.find((side) => readTarget(side, classes).length === 0) ??
    sides.find((side) => readTarget(side, classes)[0] === "all") ?? text;
  return unknownName("class", wrong, [...classes, ...keywords]);
}

/** Refuses what is known to be impossible before any text is there. */
export function checkedTarget(request: TargetRequest, classes: readonly string[]): TargetRequest {
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
export function readTrimmed(text: string, classes: readonly string[]): TargetRequest[] {
  const exact = readTarget(text, classes);
  return exact.length > 0 ? exact : readTarget(text.trim(), classes);
}

/** The one thing that a target means. */
function readOnly(name: string, classes: readonly string[]): TargetRequest {
  const [meaning, ...others] = readTrimmed(name, classes);
  if (meaning === undefined) throw unknownTarget(name, classes);
  if (others.length > 0) {
    const ways = [meaning, ...others].slice(0, MAX_MEANINGS).map((one) =>
      writeTarget(one, classes)
    );
    throw new RangeError(
      `Target "${name}" can mean more than one thing: write ${ways.join(" or ")}`,
    );
  }
  return checkedTarget(meaning, classes);
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
