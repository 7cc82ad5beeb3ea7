import {
  type Document,
  getExplainer,
  listExplainers,
  type Model,
  type OnProgress,
  Random,
  reasonAgainst,
} from "@heatword/core";
import { writeFileAtomically } from "@heatword/core/files";
import type { LabelledText } from "@heatword/datasets/tables";
import { unitsOf } from "@heatword/datasets/units";
import { describeRun } from "@heatword/eval/batch";
import { chosenExplainers } from "@heatword/eval/explanations";
import { formatCount } from "@heatword/eval/numbers";
import {
  FinishedTasks,
  hybridTexts,
  measureAll,
  nameOfTask,
  type NotMeasured,
  trustCsv,
  trustHtml,
  type TrustResult,
  type TrustTable,
  trustTable,
  type TrustTask,
} from "@heatword/eval/trust";
import { defined } from "../cli/flag.ts";
import { keepApart } from "../cli/keep_apart.ts";
import { dataFolderOf, readTexts } from "../opening/chosen_texts.ts";
import { modelPath, openModelAt, workersFor, worksAlone } from "../opening/model.ts";
import { loadPlugins } from "../opening/plugins.ts";
import { dataReads, modelReads, pluginReads, textReads } from "../opening/reads.ts";
import type { Settings } from "./_settings.ts";

/** The files of a table. */
const fileNames = ["trust.html", "trust.json", "trust.csv", "measured.jsonl"] as const;

/** What a run gives back. */
export interface TrustOutcome {
  /** The table. */
  readonly table: TrustTable;
  /** The files, the page first. */
  readonly files: readonly string[];
}

/** So many of some things, drawn by a seed; in their order. */
function draw<T>(things: readonly T[], most: number, random: Random): T[] {
  const order = random.shuffle(Int32Array.from(things.keys()));
  return Array.from(order.subarray(0, most).sort(), (i) => things[i]!);
}

/** The texts of the right length, as the model reads them. */
function chooseTexts(
  model: Model,
  texts: readonly LabelledText[],
  { documents, length: [least, most], seed }: Settings,
  note: (line: string) => void,
): Document[] {
  const read = texts.map(({ text, id, label }) => model.read(text, { id, label }));
  const right = read.filter(({ tokens, truncated = 0 }) =>
    tokens.length >= least && tokens.length + truncated <= most
  );
  if (right.length < read.length) {
    note(
      `left out ${read.length - right.length} of ${
        formatCount(read.length, "text")
      }: they do not ` +
        `have ${least} to ${most} words (--min-words, --max-words)`,
    );
  }
  if (right.length === 0) {
    throw new RangeError(`None of these texts has ${least} to ${most} words`);
  }
  if (right.length < documents) {
    note(`there are ${formatCount(right.length, "text")}, fewer than --documents ${documents}`);
  }
  return draw(right, documents, new Random(seed).fork(1));
}

/** Hybrid texts, as the model reads them. */
function chooseHybrids(
  model: Model,
  texts: readonly LabelledText[],
  { hybrids, sentences, seed }: Settings,
  note: (line: string) => void,
) {
  if (hybrids === 0) return [];
  const random = new Random(seed).fork(2);
  // Some are not played; so many texts are enough for all of them.
  const drawn = draw(texts, 4 * hybrids * sentences, random);
  const cut = drawn.map(({ text, label }) => ({
    sentences: unitsOf(model.read(text), "sentence").map(({ start, end }) =>
      text.slice(start, end)
    ),
    label: model.classes.indexOf(label),
  }));
  const known = cut.filter(({ label }) => label >= 0);
  if (known.length < cut.length) {
    const left = formatCount(cut.length - known.length, "text");
    note(`left ${left} out of hybrid texts: the model does not have their classes`);
  }
  if (new Set(known.map(({ label }) => label)).size < 2) return [];
  return hybridTexts(known, sentences, random, hybrids)
    .map((hybrid) => ({ hybrid, document: model.read(hybrid.text) }));
}

/** What this run does not measure, and why. */
function notMeasured(
  settings: Settings,
  model: Model,
  hybrids: number,
): NotMeasured[] {
  const missing: NotMeasured[] = [
    ["planted shortcuts", "they take models that are trained on them"],
    ["F-Fidelity", "it takes a copy of the model that is trained on with words missing"],
    ["randomised weights", "they take a copy of the model with its weights shuffled"],
  ].map(([measure, why]) => ({ measure: measure!, why: why! }));
  if (hybrids === 0) {
    const why = settings.hybrids === 0
      ? "--hybrids 0"
      : "the texts are of fewer than two classes of the model, or have too few sentences";
    missing.push({ measure: "pointing", why });
  }
  const shapley = reasonAgainst(getExplainer("shapley"), model);
  if (shapley !== undefined) {
    missing.push({ measure: "shapley", why: `${shapley}; of texts of at most 16 words it is` });
  }
  return missing;
}

/** The explainers: those that were named, else all that work with the model. */
function explainersFor(settings: Settings, model: Model, note: (line: string) => void): string[] {
  const all = listExplainers().filter((explainer) => reasonAgainst(explainer, model) === undefined)
    .map(({ name }) => name).sort();
  return chosenExplainers(settings.explainers, all, model, note).map(({ name }) => name);
}

/**
 * Measures explanations of a model and writes the table.
 *
 * @param settings What to measure, and how.
 * @param onProgress Called with progress.
 * @param onNotice Called with each line that a person should know.
 * @throws {RangeError} If no text is right, or an explainer is unknown.
 * @throws {TypeError} If the model cannot do what a named explainer needs.
 */
export async function judge(
  settings: Settings,
  onProgress: OnProgress,
  onNotice: (line: string) => void = (line) => console.error(line),
): Promise<TrustOutcome> {
  const { out, plugins, seed, seeds } = settings;
  const note = (line: string) => onNotice(`note: ${line}`);
  const data = await dataFolderOf(settings);
  const folder = await modelPath(defined({ model: settings.model }));
  const modelFiles = await modelReads(folder);
  await keepApart(
    fileNames.map((name) => ({ path: `${out}/${name}`, what: "the table" })),
    [
      ...modelFiles,
      ...pluginReads(plugins),
      ...data === undefined ? await textReads(settings) : dataReads(data),
    ],
  );
  await loadPlugins(plugins);
  settings.explainers?.forEach(getExplainer);
  const model = await openModelAt(folder, { ...defined({ data }), ...settings.limits }, note);
  const explainers = explainersFor(settings, model, note);
  const { texts, name: corpus } = await readTexts(settings, folder);
  const documents = chooseTexts(model, texts, settings, note);
  const hybrids = chooseHybrids(model, texts, settings, note);
  const plan = { explainers, seed, seeds };
  await Deno.mkdir(out, { recursive: true });
  const path = `${out}/measured.jsonl`;
  // Files are known by their content: a model that was trained anew is another one.
  const settled = { trust: 1, model: folder, plan, plugins, documents, hybrids };
  const files = [...modelFiles, ...pluginReads(plugins)].map(({ path }) => path);
  const run = await describeRun(settled, files, new Set(), onProgress);
  using finished = await FinishedTasks.open<TrustTask, TrustResult>(path, run, nameOfTask);
  if (finished.size > 0) note(`${formatCount(finished.size, "text")} measured already, in ${path}`);
  const workers = await workersFor(folder, settings.workers);
  const work = { model, plugins, plan, documents, hybrids, workers, finished };
  const figures = await measureAll(
    await worksAlone(folder, model) ? work : { ...work, folder },
    onProgress,
  );
  const table = trustTable(figures.texts, figures.hybrids, {
    explainers,
    seed,
    seeds,
    notMeasured: notMeasured(settings, model, hybrids.length),
  });
  const about = { model: folder, corpus, length: settings.length, seed };
  const written: Record<string, string> = {
    "trust.html": trustHtml(table, { ...about, sentences: settings.sentences }),
    "trust.json": `${JSON.stringify({ ...about, ...table }, null, 2)}\n`,
    "trust.csv": trustCsv(table),
  };
  for (const [name, content] of Object.entries(written)) {
    await writeFileAtomically(`${out}/${name}`, content);
  }
  return { table, files: Object.keys(written).map((name) => `${out}/${name}`) };
}
