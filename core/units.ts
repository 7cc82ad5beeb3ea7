import { Coalitions } from "./coalitions.ts";
import type { Document } from "./document.ts";
import { type Input, isVectorInput, type Model, presentWords } from "./model.ts";
import type { Unit } from "./unit.ts";

/** A document as a row of units that can each be deleted. */
export interface UnitInput extends Input {
  /** The units. */
  readonly units: readonly Unit[];
  /** The input of the words. */
  readonly whole: Input;
  /** The model's own input of these units, where it has one. */
  readonly own?: Input;
}

function* wordsOf(units: readonly Unit[], positions: Iterable<number>): Generator<number> {
  for (const u of positions) for (let t = units[u]!.from; t < units[u]!.to; t++) yield t;
}

/** Units all of whose words are deleted already. */
function absentUnits(units: readonly Unit[], whole: Input): number[] {
  if (!isVectorInput(whole)) return [];
  const present = new Set(presentWords(whole));
  return [...units.keys()].filter((u) => ![...wordsOf(units, [u])].some((t) => present.has(t)));
}

/**
 * The same model, to which units take the place of words: what can be deleted, and so what explainers
 * by coalitions and deletion curves give numbers to. A unit is deleted by deleting all its words; a
 * model of whole texts that takes words out of them takes out all that the unit spans.
 *
 * @param model The model.
 * @param split Groups the words of a document; see `unitsOf` of `@heatword/datasets/units`.
 * @returns A model that gives scores alone.
 *
 * @example
 * ```ts
 * import { defineModel, explain, groupUnits } from "@heatword/core";
 * import { unitsOf } from "@heatword/datasets/units";
 * import { occlusion } from "@heatword/explainers/occlusion";
 * import { assertEquals } from "@std/assert";
 *
 * const model = defineModel({
 *   classes: ["long", "short"],
 *   encode: ({ tokens: { length } }) => ({ length, gone: 0 }),
 *   withoutWords: (input, positions) => ({ ...input, gone: [...positions].length }),
 *   score: ({ length, gone }) => Float64Array.of(length - gone, 3),
 * });
 * const bySentence = groupUnits(model, (document) => unitsOf(document, "sentence"));
 * const input = bySentence.encode(model.read("It is late. Go home now!"));
 * assertEquals([...(await explain(occlusion, bySentence, input, 0)).words], [3, 3]);
 * ```
 */
export function groupUnits(
  model: Model,
  split: (document: Document) => readonly Unit[],
): Model<UnitInput> {
  const { classes, limitation, batchSize, concurrency, mergesBatches, walksCoalitions } = model;
  const grouped: Model<UnitInput> = {
    classes,
    ...(limitation !== undefined && { limitation }),
    ...(batchSize !== undefined && { batchSize }),
    ...(concurrency !== undefined && { concurrency }),
    ...(mergesBatches !== undefined && { mergesBatches }),
    ...(walksCoalitions !== undefined && { walksCoalitions }),
    read: (text, about) => model.read(text, about),
    encode(document) {
      const units = split(document);
      const whole = model.encode(document);
      const own = model.unitInput?.(document, units);
      const absent = absentUnits(units, whole);
      return {
        length: units.length,
        units,
        whole,
        ...(own && { own }),
        ...(absent.length > 0 && { absent }),
      };
    },
    scores({ units, whole, own }, coalitions) {
      if (coalitions === undefined || own !== undefined) {
        return model.scores(own ?? whole, coalitions);
      }
      const sets = Array.from(
        { length: coalitions.size },
        (_, m) => wordsOf(units, coalitions.deleted(m)),
      );
      return model.scores(whole, Coalitions.without(whole.length, sets));
    },
    withoutWords(input, positions) {
      const list = [...positions];
      const { units, whole, own } = input;
      return {
        ...input,
        whole: model.withoutWords(whole, wordsOf(units, list)),
        ...(own && { own: model.withoutWords(own, list) }),
      };
    },
  };
  if (model.requests !== undefined) {
    Object.defineProperty(grouped, "requests", { get: () => model.requests, enumerable: true });
  }
  return grouped;
}
