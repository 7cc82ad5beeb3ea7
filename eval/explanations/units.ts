import {
  type Document,
  explainAll,
  type Explainer,
  type ExplainSettings,
  groupUnits,
  type Input,
  listExplainers,
  type Model,
  type OptionValues,
  type Relevance,
  signedOf,
  type Target,
  type Unit,
  type UnitInput,
} from "@heatword/core";

/** Into what the words of a document are grouped. */
export interface Grouping {
  /** What a group is called, e.g. `sentence`. */
  readonly name: string;
  /** Groups the words. */
  split(document: Document): readonly Unit[];
}

/** A document whose words are grouped, with what explains the groups. */
export interface Grouped {
  /** The model of the words. */
  readonly model: Model;
  /** The words. */
  readonly input: Input;
  /** The model of the groups. */
  readonly byUnits: Model<UnitInput>;
  /** The groups. */
  readonly units: UnitInput;
}

/**
 * Groups the words of a document.
 *
 * @param model The model.
 * @param document The document.
 * @param grouping Into what.
 */
export function groupDocument(model: Model, document: Document, grouping: Grouping): Grouped {
  const byUnits = groupUnits(model, (document) => grouping.split(document));
  const units = byUnits.encode(document);
  return { model, input: units.whole, byUnits, units };
}

/** The explainer that treats groups as it treats words, asking for scores alone; nothing if none does. */
function playing(explainer: Explainer): Explainer | undefined {
  const { explainUnits, tags } = explainer;
  if (explainUnits) {
    return {
      ...explainer,
      tags: { ...tags, needs: "scores" },
      explain: (question) => explainUnits.call(explainer, question),
    };
  }
  return tags.needs === "scores" ? explainer : undefined;
}

/** Whether an explainer explains words alone, so that a group has the sum of what its words have. */
export function sumsUnits(explainer: Explainer): boolean {
  return playing(explainer) === undefined;
}

/** Whether the relevances of the words of a group can be added up: where all sum to what is promised. */
function sums(explainer: Explainer, options: OptionValues): boolean {
  const { tags, options: { pooling } } = explainer;
  const isSum = (options.pooling ?? pooling?.default ?? "sum") === "sum";
  return tags.conserves !== false && isSum && signedOf(explainer, options);
}

/**
 * Whether an explainer can give a relevance to groups of words: those that need scores alone delete
 * whole groups; of those that need more, the relevances of the words of a group are added up, where the
 * explainer promises what all sum to.
 *
 * @param explainer The explainer.
 * @param options Its options; those left out have their defaults.
 */
export function takesUnits(explainer: Explainer, options: OptionValues = {}): boolean {
  return !sumsUnits(explainer) || sums(explainer, options);
}

/**
 * Checks that explainers can give a relevance to groups of words; see {@linkcode takesUnits}.
 *
 * @param explainers The explainers with their options.
 * @param name What a group is called.
 * @throws {TypeError} If one cannot; the message names those that can.
 */
export function assertUnits(
  explainers: readonly { readonly explainer: Explainer; readonly options: OptionValues }[],
  name: string,
): void {
  for (const { explainer, options } of explainers) {
    if (takesUnits(explainer, options)) continue;
    const able = listExplainers().filter((other) => takesUnits(other)).map(({ name }) => name);
    throw new TypeError(
      `Explainer "${explainer.name}" gives no relevance to a ${name}: those of its words have no sum ` +
        `that means something${
          sums(explainer, {}) ? " with its options" : ""
        }; explainers that do: ${able.join(", ")}`,
    );
  }
}

/**
 * Explains the groups of words of a document for several targets.
 *
 * @param grouped The document.
 * @param explainer The explainer.
 * @param targets What to explain.
 * @param options Options that differ from their defaults.
 * @param settings A signal that stops the work, and what is called with progress.
 * @returns A relevance for each target; `words` has a number for each group.
 * @throws {TypeError} If the explainer cannot, see {@linkcode takesUnits}, or the model lacks what it
 * needs.
 * @throws {RangeError} As `explainAll`.
 */
export async function explainUnits(
  { model, input, byUnits, units }: Grouped,
  explainer: Explainer,
  targets: readonly Target[],
  options: OptionValues = {},
  settings: ExplainSettings = {},
): Promise<Relevance[]> {
  const player = playing(explainer);
  if (player) return await explainAll(player, byUnits, units, targets, options, settings);
  assertUnits([{ explainer, options }], "unit");
  const found = await explainAll(explainer, model, input, targets, options, settings);
  return found.map(({ values: _, dimensions: __, standardErrors: ___, ...relevance }) => ({
    ...relevance,
    words: Float64Array.from(
      units.units,
      ({ from, to }) => relevance.words.subarray(from, to).reduce((sum, value) => sum + value, 0),
    ),
  }));
}
