import type { OnProgress } from "@heatword/core";
import type { OpenedCorpus } from "@heatword/datasets/corpus";
import { MEASURES, plantsMeasure, type TrustTable } from "@heatword/eval/trust";
import { defined } from "../cli/flag.ts";
import { judge, type TrustSettings, writtenNames } from "../trust/judge.ts";
import type { Settings } from "./_settings.ts";

/** How many words the texts have that are explained: of longer ones all takes much longer. */
const LENGTH = [2, 60] as const;
/** How many texts, and how many of a quick run. */
const DOCUMENTS = 120, QUICK_DOCUMENTS = 12;
/** How many models are trained for the full table. */
const SEEDS = 5;

/** What is measured in a minute: what a verdict is drawn from, but for what takes further models. */
const usualMeasures = MEASURES.filter((measure) =>
  measure !== plantsMeasure &&
  measure.columns.some(({ kind, name }) => kind !== undefined || name === "comp")
).map(({ name }) => name);

/** The folder of the table, in that of the results. */
const FOLDER = "trust";

/** How many models are measured. */
const modelsOf = ({ trust }: Settings) => trust === "full" ? SEEDS : 1;

/** The names of the files of the table, where it is asked for. */
export function trustNames(settings: Settings): string[] {
  if (settings.trust === "none") return [];
  return writtenNames(modelsOf(settings)).map((name) => `${FOLDER}/${name}`);
}

/**
 * The settings of the table of trust.
 *
 * @param settings What was asked for.
 * @param corpus The corpus.
 * @param folder The folder of the classifier.
 */
export function trustSettings(
  settings: Settings,
  { pretrained }: Pick<OpenedCorpus, "pretrained">,
  folder: string,
): TrustSettings {
  const { data, cache, out, plugins, seed, workers, quick, trust } = settings;
  const documents = quick ? QUICK_DOCUMENTS : DOCUMENTS;
  const isFull = trust === "full";
  return {
    ...defined({ data, cache }),
    models: [folder],
    // Of a corpus that comes with its model nothing is known to train on.
    corpus: pretrained === undefined ? "test" : "miniature",
    columns: {},
    out: `${out}/${FOLDER}`,
    plugins,
    documents,
    length: LENGTH,
    hybrids: documents,
    sentences: 4,
    plants: isFull ? documents : 0,
    trainingData: [],
    seeds: modelsOf(settings),
    seed,
    workers,
    compare: ["lrp", "sa"],
    ...(!isFull && { measures: usualMeasures }),
  };
}

/**
 * Measures which explainers may be trusted for the classifier of the paper, and whether the paper's
 * conclusion, LRP above SA, stands under each measure.
 *
 * @param settings What was asked for.
 * @param corpus The corpus.
 * @param folder The folder of the classifier.
 * @param onProgress Called with progress.
 * @param onNotice Called with each line that a person should know.
 * @returns The table; nothing where it was not asked for, or no text is short enough.
 */
export async function trustOf(
  settings: Settings,
  corpus: OpenedCorpus,
  folder: string,
  onProgress: OnProgress,
  onNotice: (line: string) => void,
): Promise<TrustTable | undefined> {
  if (settings.trust === "none") return undefined;
  const [least, most] = LENGTH;
  const right = corpus.test.filter(({ length }) => length >= least && length <= most);
  if (right.length < 2) {
    onNotice(
      `note: no table of trust: fewer than two test texts have ${least} to ${most} words`,
    );
    return undefined;
  }
  const texts = corpus.test.map(({ id, label }) => {
    return { id, label: corpus.classes[label]!, text: corpus.original(id).text };
  });
  // The chapter that is there by default takes no time to train.
  const training = settings.trust === "full"
    ? {}
    : { training: { why: "--trust full trains models" } };
  const given = { texts, name: corpus.name, ...training };
  const { table } = await judge(
    trustSettings(settings, corpus, folder),
    onProgress,
    onNotice,
    given,
  );
  return table;
}
