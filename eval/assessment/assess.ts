import {
  type Document,
  getExplainer,
  type Model,
  type OnProgress,
  probabilityOf,
} from "@heatword/core";
import { shareModel } from "@heatword/core/models";
import { type CompactDocument, type Corpus, toDocument } from "@heatword/datasets/corpus";
import type { UnitName } from "@heatword/datasets/unit-names";
import { classificationOf, conservationByExplainer, deletionOf } from "../corpus/summarize.ts";
import {
  deletionExplainers,
  type DocumentEvaluation,
  type EvaluationPlan,
} from "../corpus/evaluate_document.ts";
import type { DeletionOptions } from "../deletion/delete_words.ts";
import { duplicatesOf, duplicatesText } from "../duplicates/duplicates.ts";
import { EvaluationPool } from "../experiments/evaluation_pool.ts";
import { panelsFor, settingsOf } from "../experiments/experiments.ts";
import { groupsOf, heatmapsOf, plottedTexts } from "../experiments/results.ts";
import type { Stopwatch } from "../experiments/stopwatch.ts";
import type { Timing } from "../report/report_data.ts";
import { classWords } from "./class_words.ts";
import { chooseDeletion } from "./deletion_choice.ts";
import { type Finding, findingsOf } from "./findings.ts";
import { EvaluationsFile } from "./kept_evaluations.ts";
import { planQuickTrust, type QuickTrust, quickTrust } from "./quick_trust.ts";
import type { AssessmentData, ShownExample, WordsOfClasses } from "./report_data.ts";
import { scoreExperiments } from "./score_experiment.ts";
import { confidentErrors, type ShownText, typicalTexts } from "./shown_texts.ts";
import { trustSentence } from "./_trust.ts";
import { writeAssessment } from "./write.ts";

/** Of how many texts at most the words are told. */
const WORD_TEXTS = 5_000;
/** Up to how many classes each text tells what its words say for all of them. */
const ALL_CLASSES = 10;
/** How many texts of each kind are shown. */
const SHOWN_ERRORS = 6;
const SHOWN_RIGHT = 6;

/** A model and one's own texts. */
export interface Assessment {
  /** The texts; those of `test` are measured on. */
  readonly corpus: Corpus;
  /** The model. */
  readonly model: Model;
  /** What was given as the model, for workers. */
  readonly folder: string;
  /** Names of the explainers. */
  readonly explainers: readonly string[];
  /** Whether these were named by whoever asks; else the table of trust has more of them. */
  readonly areNamed: boolean;
  /** Files of plugins. */
  readonly plugins: readonly string[];
  /** The seed. */
  readonly seed: number;
  /** How many workers. */
  readonly workers: number;
  /** Whether all is done by `model` in this thread, as it must not be opened a second time. */
  readonly here: boolean;
  /** The folder of the results. */
  readonly out: string;
  /** How words are deleted; what is not given is taken from the data. */
  readonly deletion: DeletionOptions;
  /** How many texts the table of trust has; nothing for what suits the model. */
  readonly trustDocuments?: number | undefined;
  /** Into what words are grouped that are deleted together. */
  readonly unit?: UnitName | undefined;
  /** What the classifier is, in whole sentences. */
  readonly classifier: string;
  /** The command that makes the report again, with what was taken from the data. */
  readonly command: (deletion: Required<DeletionOptions>) => string;
  /** Tells this run from others, with what was taken from the data, in one line. */
  readonly describe: (settings: object) => Promise<string>;
}

/** What is given back. */
export interface AssessmentResult {
  /** What was checked. */
  readonly claims: readonly Finding[];
  /** What took how long. */
  readonly timings: readonly Timing[];
  /** The path of the report. */
  readonly report: string;
  /** Things that must not be overlooked. */
  readonly notices: readonly string[];
  /** What the report shows. */
  readonly data: AssessmentData;
}

function wordsOf(
  evaluated: readonly CompactDocument[],
  evaluations: readonly DocumentEvaluation[],
  plan: EvaluationPlan,
  classes: readonly string[],
): WordsOfClasses | string {
  if (!plan.words) {
    return plan.unit === undefined
      ? "the explainer gives no sign"
      : `relevance is of each ${plan.unit} as a whole`;
  }
  const told = evaluations.flatMap(({ said }, i) => {
    if (!said) return [];
    const words = toDocument(evaluated[i]!).tokens.map(({ text }) => text);
    return said.relevance.length === words.length * said.targets.length ? [{ words, said }] : [];
  });
  const { explainer, allClasses } = plan.words;
  return { explainer, allClasses, texts: told.length, classes: classWords(told, classes) };
}

/** Whether two lists of numbers are the same but for their signs. */
function areOpposite([a, b]: readonly ArrayLike<number>[]): boolean {
  if (!a || !b) return false;
  const largest = Array.from(a).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return Array.from(a).every((value, t) => Math.abs(value + b[t]!) <= 1e-6 * largest);
}

/** The explainer of heatmaps and words: the first that has signs, else the first. */
function leading(explainers: readonly string[]): string {
  return explainers.find((name) => getExplainer(name).tags.signed) ?? explainers[0]!;
}

/**
 * Measures a model and its explanations on one's own texts, and writes the report.
 *
 * @param assessment The model and the texts.
 * @param watch Takes the time.
 * @param onProgress Called with progress.
 * @param onNotice Called with each line that a person should know.
 * @throws {RangeError} If there is no text.
 */
export async function assess(
  assessment: Assessment,
  watch: Stopwatch,
  onProgress: OnProgress,
  onNotice: (line: string) => void,
): Promise<AssessmentResult> {
  const { corpus, model, folder, explainers, plugins, seed, workers, here, out, unit } = assessment;
  const evaluated = corpus.test;
  if (evaluated.length === 0) throw new RangeError("There is no document to evaluate on");
  const lengths = evaluated.map(({ length }) => length);
  const { options: deletion, note } = chooseDeletion(lengths, assessment.deletion, unit ?? "word");
  if (note) onNotice(`note: ${note}`);
  const first = leading(explainers);
  const panels = panelsFor(model, evaluated.length, explainers);
  const tellsWords = unit === undefined && getExplainer(first).tags.signed === true;
  const plan: EvaluationPlan = {
    explainers,
    seed,
    deletion,
    ...(unit && { unit }),
    ...(panels && { panels }),
    ...(tellsWords && {
      words: {
        explainer: first,
        allClasses: model.classes.length <= ALL_CLASSES,
        of: evaluated.length,
        most: WORD_TEXTS,
      },
    }),
  };
  const run = await assessment.describe({ plan, texts: evaluated });
  const groups = groupsOf(corpus, evaluated);
  // Words alone do not tell where a sentence ends.
  const documents = unit === undefined
    ? evaluated
    : evaluated.map((one) => ({ ...one, text: corpus.original(one.id).text }));
  await using pool = new EvaluationPool(
    { model: shareModel(model) ?? folder, plugins, plan },
    workers,
    here ? model : undefined,
  );
  const evaluations = await watch.run("Evaluate the texts", async () => {
    // Models of word vectors take microseconds; their vectors would make the file large.
    if (panels) return await pool.evaluate(documents, onProgress);
    using kept = await EvaluationsFile.open(`${out}/evaluated.jsonl`, run);
    if (kept.size > 0) onNotice(`note: goes on with what is in ${out}/evaluated.jsonl`);
    return await pool.evaluate(documents, onProgress, kept);
  });
  const drawnPanels = panels
    ? await watch.run(
      "Draw the texts as vectors",
      () => pool.panels(evaluations, groups, onProgress),
    )
    : [];
  const duplicates = corpus.train.length === 0
    ? undefined
    : await watch.run("Compare with the training texts", (setNote) => {
      const predictions = evaluations.map(({ prediction }) => prediction);
      const found = duplicatesOf(corpus, evaluated, predictions);
      setNote(duplicatesText(found));
      return found;
    });
  const trust = await watch.run(
    "Measure the quick columns of trust",
    async () =>
      unit === undefined
        ? await trustOf(assessment, lengths, run, onProgress)
        : `words are grouped by ${unit}`,
  );
  const shown = (texts: readonly ShownText[]) =>
    Promise.all(texts.map(async ({ index, probability }): Promise<ShownExample> => {
      const { label, prediction } = evaluations[index]!;
      const document: Document = corpus.original(evaluated[index]!.id);
      const targets = [...new Set([prediction, label])];
      const found = await heatmapsOf(model, document, [first], { seed, unit, targets });
      // Of two classes whose relevances are opposite the second heatmap would say the same again.
      const isSame = areOpposite(found.targets.map(({ heatmaps }) => heatmaps[0]!.words));
      return { ...found, targets: isSame ? found.targets.slice(0, 1) : found.targets, probability };
    }));
  const [errors, typical] = await watch.run("Explain texts to show", async () => [
    await shown(confidentErrors(evaluations, SHOWN_ERRORS)),
    await shown(typicalTexts(evaluations, SHOWN_RIGHT)),
  ]);
  const measured = {
    classification: classificationOf(evaluations, corpus.classes),
    conservation: conservationByExplainer(evaluations, explainers),
    scores: scoreExperiments(evaluations, {
      explainers: deletionExplainers(explainers),
      deletions: deletion.deletions,
      unit: unit ?? "word",
      seed,
    }),
    ...(duplicates && { duplicates }),
  };
  const data: AssessmentData = {
    ...measured,
    corpus: corpus.name,
    model: folder,
    preparation: corpus.preparation,
    classifier: assessment.classifier,
    notices: corpus.notices,
    ...(note && { deletionNote: `${note[0]!.toUpperCase()}${note.slice(1)}.` }),
    documents: { train: corpus.train.length, test: evaluated.length },
    minLength: deletion.minLength,
    deletion: deletionOf(evaluations, plan),
    trust,
    errors: errors!,
    typical: typical!,
    words: wordsOf(evaluated, evaluations, plan, corpus.classes),
    panels: drawnPanels,
    groups,
    points: plottedTexts(corpus, evaluated, evaluations),
    findings: findingsOf(measured),
    explainers: [first, ...explainers.filter((name) => name !== first)].map(getExplainer),
    settings: settingsOf({ deletion, explainers, seed, ...(unit && { unit }) }),
    timings: watch.timings,
    command: assessment.command(deletion),
  };
  onNotice(trustSentence(data));
  const { conservation, documents: parts } = { ...measured, ...data };
  const report = await watch.run("Write the report", () =>
    writeAssessment(
      out,
      data,
      {
        version: 2,
        corpus: corpus.name,
        model: folder,
        seed,
        explainers,
        parts,
        evaluated: evaluated.length,
        conservation,
        ...(duplicates && { duplicates }),
      },
      evaluations.map(({ label, prediction, scores, words }, i) => ({
        id: evaluated[i]!.id,
        label: corpus.classes[label]!,
        predicted: corpus.classes[prediction]!,
        probability: probabilityOf(scores, prediction),
        words,
      })),
    ));
  return { claims: data.findings, timings: watch.timings, report, notices: corpus.notices, data };
}

async function trustOf(
  assessment: Assessment,
  lengths: readonly number[],
  run: string,
  onProgress: OnProgress,
): Promise<QuickTrust | string> {
  const { corpus, model, folder, explainers, areNamed, plugins, seed, workers, here, out } =
    assessment;
  const quick = planQuickTrust(model, {
    named: areNamed ? explainers : undefined,
    documents: assessment.trustDocuments,
    isDear: here,
    seed,
    lengths,
  });
  if (quick.documents === 0) return "--trust-documents 0";
  const found = await quickTrust(quick, {
    model,
    folder: here ? undefined : folder,
    plugins,
    workers,
    read: (i) => corpus.original(corpus.test[i]!.id),
    lengths,
    kept: {
      path: `${out}/measured.jsonl`,
      run: JSON.stringify({ heatword: 1, quick: [quick.plan, quick.documents, run] }),
    },
  }, onProgress);
  return found ?? "no text has two words or more";
}
