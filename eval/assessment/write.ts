import { writeFileAtomically } from "@heatword/core/files";
import { stringify } from "@std/csv";
import { macroF1 } from "../classification/macro_f1.ts";
import { json, olderFigures } from "../experiments/write.ts";
import { proportionInterval } from "../statistics/proportion.ts";
import { trustCsv } from "../trust/present/trust_csv.ts";
import { assessmentFigures } from "./figures.ts";
import type { AssessmentData, ShownExample } from "./report_data.ts";
import { assessmentHtml } from "./report_html.ts";
import { trustSentence } from "./_trust.ts";

/** The class and the prediction of each text. */
export interface PredictedText {
  /** Its name. */
  readonly id: string;
  /** The true class. */
  readonly label: string;
  /** The class that it was given. */
  readonly predicted: string;
  /** The probability of that class. */
  readonly probability: number;
  /** How many words it has. */
  readonly words: number;
}

/** The files beside the report, some of which a run may not write. */
export const ASSESSMENT_FILES = [
  "report.html",
  "ledger.json",
  "metrics.json",
  "predictions.csv",
  "words.csv",
  "trust.csv",
  "trust.json",
  "evaluated.jsonl",
  "measured.jsonl",
] as const;

function predictionsCsv(texts: readonly PredictedText[]): string {
  const columns = ["id", "class", "predicted", "right", "probability", "words"];
  const rows = texts.map(({ label, ...text }) => {
    const { predicted, probability } = text;
    return {
      ...text,
      class: label,
      right: label === predicted,
      probability: +probability.toFixed(6),
    };
  });
  return stringify(rows, { columns });
}

function wordsCsv({ words }: AssessmentData): string | undefined {
  if (typeof words === "string") return undefined;
  const columns = ["class", "side", "word", "relevance", "low", "high", "texts", "occurrences"];
  const rows = words.classes.flatMap(({ name, ...lists }) =>
    (["for", "against"] as const).flatMap((side) =>
      lists[side].map(({ mean, ...word }) => ({ class: name, side, relevance: mean, ...word }))
    )
  );
  return stringify(rows, { columns });
}

const named = (examples: readonly ShownExample[]) =>
  examples.map(({ document: { id, label }, predicted, probability, targets }) => ({
    id,
    class: label,
    predicted,
    probability,
    explainedFor: targets.map(({ target }) => target),
  }));

/** All figures as plain data, without the points of document vectors. */
function metricsOf(data: AssessmentData, run: Readonly<Record<string, unknown>>) {
  const { classification, trust, panels, deletion, scores, words } = data;
  const { low, high } = proportionInterval(classification.correct, classification.documents);
  return {
    ...run,
    accuracy: classification.accuracy,
    standardError: classification.standardError,
    interval: [low, high],
    macroF1: macroF1(classification),
    documents: classification.documents,
    classification,
    deletion,
    scoreDeletion: scores,
    trust: typeof trust === "string" ? { notMeasured: trust } : {
      sentence: trustSentence(data),
      documents: trust.table.documents,
      verdicts: trust.table.verdicts.map(({ explainer, verdict }) => ({ explainer, verdict })),
    },
    words: typeof words === "string" ? { notTold: words } : words,
    errors: named(data.errors),
    typical: named(data.typical),
    panels: panels.map(({ panel, plane, full, classes, explainedVariance }) => ({
      ...panel,
      silhouette: { plane, ...(full && { full }), ...(classes && { classes }) },
      explainedVariance,
    })),
    settings: Object.fromEntries(data.settings),
    notices: data.notices,
    command: data.command,
    timings: data.timings,
  };
}

/**
 * Writes everything of a report on one's own texts. Each file is whole or not there; the report comes
 * last. Files of an earlier run that this one does not have are removed.
 *
 * @param out The folder.
 * @param data What the report shows.
 * @param run What else belongs into metrics.json.
 * @param texts The class and the prediction of each text.
 * @returns The path of the report.
 */
export async function writeAssessment(
  out: string,
  data: AssessmentData,
  run: Readonly<Record<string, unknown>>,
  texts: readonly PredictedText[],
): Promise<string> {
  const figures = assessmentFigures(data);
  const older = await olderFigures(out);
  for (const [name, content] of figures) {
    await writeFileAtomically(`${out}/figures/${name}`, content);
  }
  const { trust } = data;
  const files: Readonly<Record<string, string | undefined>> = {
    "predictions.csv": predictionsCsv(texts),
    "words.csv": wordsCsv(data),
    "trust.csv": typeof trust === "string" ? undefined : trustCsv(trust.table),
    "trust.json": typeof trust === "string" ? undefined : json({
      model: data.model,
      corpus: data.corpus,
      ...trust.table,
    }),
    "metrics.json": json({ ...metricsOf(data, run), figures: [...figures.keys()] }),
    "ledger.json": json(data.findings),
    "report.html": await assessmentHtml(data, figures),
  };
  for (const [name, content] of Object.entries(files)) {
    if (content !== undefined) await writeFileAtomically(`${out}/${name}`, content);
    else await Deno.remove(`${out}/${name}`).catch(() => {});
  }
  for (const name of older.filter((name) => !figures.has(name))) {
    await Deno.remove(`${out}/figures/${name}`).catch(() => {});
  }
  return `${out}/report.html`;
}
