import { isSame, readTarget, type TargetRequest, writeTarget } from "@heatword/eval/explanations";
import {
  checkedTarget,
  MAX_MEANINGS,
  readTrimmed,
  unknownTarget,
} from "@heatword/eval/explanations";
import { splitList } from "./flag_kinds.ts";

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
          if (found.length > MAX_MEANINGS) break;
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
  const ways = lists.slice(0, MAX_MEANINGS).map((list) =>
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
    throw unknownTarget(
      parts.find((part) => readTarget(part, classes).length === 0) ?? text,
      classes,
    );
  });
  return requests.map((request) => writeTarget(checkedTarget(request, classes), classes));
}
