import {
  conservationResidual,
  cutSpan,
  type Document,
  explainAll,
  type Explainer,
  type ExplainSettings,
  finiteScores,
  type Input,
  type Model,
  type OptionValues,
  promisedSum,
  type Relevance,
  signedOf,
  type Unit,
  type VectorInput,
  wholeScores,
} from "@heatword/core";
import type { Conservation, Explanation } from "../render/explanation.ts";
import { type NamedTarget, ranking, resolveTargets } from "./targets.ts";
import { explainUnits, groupDocument, type Grouping, sumsUnits } from "./units.ts";

/** An explainer with the options that were given for it. */
export interface ConfiguredExplainer {
  /** The explainer. */
  readonly explainer: Explainer;
  /** Options that differ from their defaults. */
  readonly options: OptionValues;
}

/** What to explain, and how. */
export interface Request {
  /** The explainers, in the order of the results. */
  readonly explainers: readonly ConfiguredExplainer[];
  /** Names of targets, none for the predicted class; see {@linkcode resolveTargets}. */
  readonly targets: readonly string[];
  /** Whether to keep the ledgers. @default {false} */
  readonly ledger?: boolean;
  /** Positions of words that are deleted before anything is computed. @default {[]} */
  readonly deleted?: readonly number[];
  /** Into what words are grouped that come and go together. @default {each word is on its own} */
  readonly grouping?: Grouping;
}

/** Positions of the tokens that the model does not know, as far as its input tells. */
export function unknownTokens(
  input: Input & { rows?: ArrayLike<number> },
  count: number,
): number[] {
  if (input.unknown) return input.unknown.filter((t) => t < count);
  const { rows } = input;
  const { vectors, dimensions } = input as Partial<VectorInput>;
  const isUnknown = rows !== undefined
    ? (t: number) => rows[t]! < 0
    : vectors !== undefined && dimensions !== undefined
    ? (t: number) =>
      vectors.subarray(t * dimensions, (t + 1) * dimensions).every((value) => value === 0)
    : () => false;
  return [...Array(count).keys()].filter(isUnknown);
}

/** Whether unknown words have a row of vectors all the same, that of all unknown words. */
function shareVector(
  { rows }: Input & { rows?: ArrayLike<number> },
  unknown: readonly number[],
): boolean {
  return unknown.some((t) => rows !== undefined && rows[t]! >= 0);
}

/** Whether words were cut off before the first that the model sees. */
function cutsFront(document: Document): boolean {
  const [start, end] = cutSpan(document);
  return end > start && end < document.text.length;
}

function sumOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function conservationOf(explainer: Explainer, relevance: Relevance): Conservation | undefined {
  const expected = promisedSum(explainer, relevance);
  if (expected === undefined) return undefined;
  const { words, keptByBiases } = relevance;
  return {
    sum: sumOf(words),
    expected,
    error: conservationResidual(relevance, expected),
    ...(keptByBiases !== undefined && { keptByBiases }),
  };
}

/** What all explanations of one text have in common. */
interface Common {
  readonly document: Document;
  readonly scores: Readonly<Record<string, number>>;
  readonly ranked: readonly string[];
  readonly unknown: readonly number[];
  readonly unknownShareVector: boolean;
  readonly deleted: readonly number[];
  readonly units?: { readonly name: string; readonly of: readonly Unit[] };
}

function toExplanation(
  { document, scores, ranked, unknown, unknownShareVector, deleted, units }: Common,
  { explainer }: ConfiguredExplainer,
  { name }: NamedTarget,
  found: Relevance,
  withLedger: boolean,
): Explanation {
  const { text, tokens, truncated = 0, unseen = [], id, label } = document;
  const count = units?.of.length ?? tokens.length;
  const relevance = [...found.words.subarray(0, count)];
  const rest = found.words.subarray(count);
  const conservation = conservationOf(explainer, found);
  const errors = found.standardErrors;
  return {
    text,
    explainer: found.explainer,
    target: name,
    score: found.score,
    scores,
    relevance,
    tokens: tokens.map(({ text, start, end }, t) => ({
      text,
      start,
      end,
      ...(!units && { relevance: relevance[t]! }),
    })),
    ...(units && {
      unit: units.name,
      units: units.of.map(({ start, end }, u) => ({ start, end, relevance: relevance[u]! })),
      ...(sumsUnits(explainer) && { unitsAreSums: true as const }),
    }),
    predicted: ranked[0]!,
    ...(ranked.length > 1 && { runnerUp: ranked[1]! }),
    signed: signedOf(explainer, found.options),
    truncated,
    ...(cutsFront(document) && { truncatedSide: "pre" as const }),
    unseen,
    unknown,
    ...(unknownShareVector && { unknownShareVector: true as const }),
    ...(deleted.length > 0 && { deleted }),
    ...(conservation && { conservation }),
    ...(rest.length > 0 && { padding: sumOf(rest) }),
    ...(errors && { standardErrors: [...errors.subarray(0, count)] }),
    options: found.options,
    ...(withLedger && found.ledger && { ledger: found.ledger }),
    ...(id !== undefined && { id }),
    ...(label !== undefined && { label }),
  };
}

/** Has progress tell by which explainer it is. */
function withName(name: string, { onProgress, ...settings }: ExplainSettings): ExplainSettings {
  return onProgress === undefined ? settings : {
    ...settings,
    onProgress: (progress) => onProgress({ ...progress, task: `Explaining by ${name}` }),
  };
}

/**
 * Explains a document: every explainer in turn, and for each every target.
 *
 * @param model The model.
 * @param document The document.
 * @param request Explainers, targets, and whether to keep ledgers.
 * @param settings A signal that stops the work, and what is called with progress.
 * @returns One explanation for every explainer and target.
 * @throws {RangeError} If a target is unknown.
 * @throws {TypeError} If the model lacks what an explainer needs, or the explainer cannot explain groups
 * of words that are asked for, or some of their words are deleted.
 */
export async function explainDocument(
  model: Model,
  document: Document,
  request: Request,
  settings: ExplainSettings = {},
): Promise<Explanation[]> {
  const { deleted = [], grouping } = request;
  if (grouping && deleted.length > 0) {
    throw new TypeError("Cannot group words of which some are deleted");
  }
  const grouped = grouping && groupDocument(model, document, grouping);
  const whole = grouped?.input ?? model.encode(document);
  const input = deleted.length > 0 ? model.withoutWords(whole, deleted) : whole;
  const { classes } = model;
  const scores = grouped
    ? await wholeScores(grouped.byUnits, grouped.units)
    : await wholeScores(model, input);
  const values = finiteScores(scores, classes);
  const unknown = unknownTokens(whole, document.tokens.length);
  const common: Common = {
    document,
    scores: Object.fromEntries(classes.map((name, c) => [name, values[c]!])),
    ranked: ranking(values).map((c) => classes[c]!),
    unknown,
    unknownShareVector: shareVector(whole, unknown),
    deleted,
    ...(grouped && { units: { name: grouping.name, of: grouped.units.units } }),
  };
  const targets = resolveTargets(request.targets, classes, values);
  const explanations: Explanation[] = [];
  for (const configured of request.explainers) {
    const { explainer, options } = configured;
    const asked = targets.map(({ target }) => target);
    const named = withName(explainer.name, settings);
    const found = grouped
      ? await explainUnits(grouped, explainer, asked, options, named)
      : await explainAll(explainer, model, input, asked, options, named);
    targets.forEach((target, i) =>
      explanations.push(
        toExplanation(common, configured, target, found[i]!, request.ledger ?? false),
      )
    );
  }
  return explanations;
}
