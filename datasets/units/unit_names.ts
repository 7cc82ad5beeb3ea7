/**
 * The names of what words can be grouped into, without what groups them.
 *
 * @module
 */
import { unknownName } from "@heatword/core/names";

/** The names of what words can be grouped into, the smallest first; a word is a group of its own. */
export const unitNames = ["word", "phrase", "sentence", "paragraph"] as const;

/** The name of what words are grouped into. */
export type UnitName = (typeof unitNames)[number];

/**
 * Checks a name.
 *
 * @param name What was given.
 * @returns The same name.
 * @throws {RangeError} If it is none of {@linkcode unitNames}; the message names the nearest.
 */
export function unitName(name: string): UnitName {
  const found = unitNames.find((known) => known === name);
  if (found === undefined) throw unknownName("unit", name, unitNames);
  return found;
}
