import {
  type Document,
  getExplainer,
  listExplainers,
  type Model,
  type OnProgress,
  reasonAgainst,
} from "@heatword/core";
import { writeFileAtomically } from "@heatword/core/files";
import { describeRun } from "@heatword/eval/batch";
import { chosenExplainers } from "@heatword/eval/explanations";
import { FinishedTasks } from "@heatword/eval/finished-tasks";
import { formatCount } from "@heatword/eval/numbers";
import {
  type AllFigures,
  measureAll,
  MEASURES,
  measuresOf,
  type NotMeasured,
  pointingMeasure,
  reasonsAgainst,
  type ShortcutReport,
  trustCsv,
  trustHtml,
  type TrustResult,
  type TrustTable,
  trustTableOfModels,
} from "@heatword/eval/trust";
import { basename } from "node:path";
import { defined } from "../cli/flag.ts";
import { keepApart } from "../cli/keep_apart.ts";
import { keepForeign } from "../cli/keep_foreign.ts";
import { type ChosenTexts, dataFolderOf, readTexts } from "../opening/chosen_texts.ts";
import { modelPath, workersFor, worksAlone } from "../opening/model.ts";
import { loadPluginsApart } from "../opening/plugins.ts";
import { dataReads, modelReads, pluginReads, textReads } from "../opening/reads.ts";
import { type MeasuredModel, measuredModels, openModels, TrainingSource } from "./_models.ts";
import { plantForAll, toldOfPlants } from "./_plants_of_models.ts";
import type { Settings } from "./_settings.ts";
import { chooseHybrids, chooseTexts } from "./_texts.ts";
import { countTrained, type TrainingTexts } from "./_training_texts.ts";
import { type Tuned, tunedFor } from "./_tuned.ts";

/** The files of a table. */
const fileNames = ["trust.html", "trust.json", "trust.csv"] as const;

/** The file of what is measured already with a model. */
const measuredName = (place: number) =>
  place === 0 ? "measured.jsonl" : `measured-${place + 1}.jsonl`;

/**
 * The names of the files that a run writes.
 *
 * @param models How many models are measured at most.
 */
export function writtenNames(models: number): string[] {
  return [...fileNames, ...Array.from({ length: models }, (_, place) => measuredName(place))];
}

/** Seeds of models are so far apart, so that no two share one of a text. */
const SEED_STEP = 15_485_863;

/** How often weights are shuffled and words moved in a thorough run: as the measures are specified. */
const THOROUGH = { permutations: 5, sensitivityDraws: 10 } as const;

/** What a run gives back. */
export interface TrustOutcome {
  /** The table. */
  readonly table: TrustTable;
  /** The files, the page first. */
  readonly files: readonly string[];
}

/** What this run does not measure, and why. */
function notMeasured(
  settings: Settings,
  model: Model,
  hybrids: number,
  plants: readonly NotMeasured[],
): NotMeasured[] {
  const measures = measuresOf(settings.measures);
  const missing: NotMeasured[] = [
    ...plants,
    ...MEASURES.filter((measure) => !measures.includes(measure))
      .map(({ name }) => ({ measure: name, why: "--measures does not name it" })),
    ...reasonsAgainst(measures, model),
  ];
  if (hybrids === 0 && measures.includes(pointingMeasure)) {
    const why = settings.hybrids === 0
      ? "--hybrids 0"
      : "the texts are of fewer than two classes of the model, or have too few sentences";
    missing.push({ measure: "pointing", why });
  }
  return missing;
}

/** The explainers: those that were named, else all that work with the model. */
function explainersFor(settings: Settings, model: Model, note: (line: string) => void): string[] {
  const all = listExplainers().filter((explainer) => reasonAgainst(explainer, model) === undefined)
    .map(({ name }) => name).sort();
  return chosenExplainers(settings.explainers, all, model, note).map(({ name }) => name);
}

/** How many of the texts that are explained are among those to train on, where these are known. */
async function countsOfTrained(
  source: TrainingSource,
  documents: readonly Document[],
  note: (line: string) => void,
): Promise<Record<string, number>> {
  const known = await source.known();
  if ("why" in known) return {};
  const trained = countTrained(documents, known.texts);
  if (trained > 0) {
    note(
      `${trained} of ${formatCount(documents.length, "text")} are among those to train on, too`,
    );
  }
  return { "texts that are among those to train on, too": trained };
}

/**
 * Measures explanations of a model and writes the table.
 *
 * @param settings What to measure, and how.
 * @param onProgress Called with progress.
 * @param onNotice Called with each line that a person should know.
 * @param given Texts to take instead of those of the settings, and to train on.
 * @throws {RangeError} If no text is right, or an explainer is unknown.
 * @throws {TypeError} If the model cannot do what a named explainer needs.
 */
export async function judge(
  settings: Settings,
  onProgress: OnProgress,
  onNotice: (line: string) => void = (line) => console.error(line),
  given?: ChosenTexts & { readonly training?: TrainingTexts },
): Promise<TrustOutcome> {
  const { out, plugins, seed } = settings;
  const note = (line: string) => onNotice(`note: ${line}`);
  const data = await dataFolderOf(settings);
  await loadPluginsApart(plugins, (withModels) => keepFilesApart(settings, data, withModels));
  settings.explainers?.forEach(getExplainer);
  measuresOf(settings.measures);
  const opened = await openModels(settings, data, note);
  const [first] = opened;
  const explainers = explainersFor(settings, first!.model, note);
  const compared = comparedOf(settings, explainers);
  const { texts, name: corpus, train } = given ?? await readTexts(settings, first!.path);
  const source = new TrainingSource(settings, first!, note, given?.training, train);
  const { models, seeds } = await measuredModels(opened, source, settings, onProgress, note);
  const read = (model: Model) =>
    texts.map(({ text, id, label }) => model.read(text, { id, label }));
  const evaluated = read(first!.model);
  const documents = chooseTexts(evaluated, settings, note);
  const hybrids = chooseHybrids(first!.model, texts, settings, note);
  // Texts to train on that cannot be read are told before anything is measured.
  const counts = await countsOfTrained(source, documents, note);
  const plants = await plantForAll(settings, opened, models, source, evaluated, onProgress);
  const tuned: Tuned[] = [];
  for (const one of models) {
    tuned.push(await tunedFor(one, source, evaluated, settings, onProgress));
  }
  await Deno.mkdir(out, { recursive: true });
  const figures: AllFigures[] = [];
  for (const [place, { path: folder, model, files: modelFiles }] of models.entries()) {
    const planSeed = (seed + place * SEED_STEP) % 2 ** 32;
    const { copy, key, note: seen } = tuned[place]!;
    const plan = {
      ...{ explainers, seed: planSeed, seeds, seesMissingWords: seen !== undefined },
      ...defined({ measures: settings.measures }),
      ...(settings.thorough && { ...THOROUGH, sensitivityTexts: settings.documents }),
    };
    const path = `${out}/${measuredName(place)}`;
    const { planted } = plants[place] ?? {};
    // Files are known by their content: a model that was trained anew is another one.
    const settled = {
      ...{ trust: 4, model: folder, plan, plugins, documents, hybrids },
      planted: [planted?.documents, plants[place]?.reports],
      copies: [key, planted && basename(planted.folder)],
    };
    const files = [...modelFiles, ...pluginReads(plugins).map(({ path }) => path)];
    const run = await describeRun(settled, files, new Set(), onProgress);
    using finished = await FinishedTasks.open<TrustResult>(path, run);
    if (finished.size > 0) {
      note(`${formatCount(finished.size, "text")} measured already, in ${path}`);
    }
    const workers = await workersFor(folder, settings.workers);
    const common = { model, plugins, plan, documents, hybrids, workers, finished };
    const work = { ...common, ...defined({ planted, tuned: copy }) };
    figures.push(
      await measureAll(await worksAlone(folder, model) ? work : { ...work, folder }, onProgress),
    );
  }
  const told = toldOfPlants(plants);
  const table = trustTableOfModels(figures, {
    explainers,
    seed,
    seeds: Math.max(seeds, models.length),
    notes: [...new Set(tuned.flatMap(({ note }) => note ?? [])), ...told.notes],
    counts,
    ...compared,
    shortcuts: plants.flatMap(({ reports }): readonly ShortcutReport[] => reports),
    notMeasured: notMeasured(
      settings,
      first!.model,
      hybrids.length,
      [...told.missing, ...tuned.flatMap(({ missing }) => missing ?? [])],
    ),
  });
  return { table, files: await writeTable(table, corpus, models, settings) };
}

/** The two explainers that are compared; both must be measured. */
function comparedOf({ compare }: Settings, explainers: readonly string[]) {
  const odd = compare?.find((name) => !explainers.includes(name));
  if (odd !== undefined) {
    throw new RangeError(`Cannot compare "${odd}": it is not one of the explainers measured`);
  }
  return defined({ compare });
}

/** Refuses to write over what is read, and over what no program wrote. */
async function keepFilesApart(
  settings: Settings,
  data: string | undefined,
  withModels: boolean,
): Promise<void> {
  const { out, plugins, models, seeds, trainingData } = settings;
  const named = !withModels ? [] : models.length > 0 ? models : [undefined];
  const reads = [];
  for (const model of named) reads.push(...await modelReads(await modelPath(defined({ model }))));
  const writes = writtenNames(Math.max(seeds, models.length))
    .map((name) => ({ path: `${out}/${name}`, what: "the table" }));
  await keepApart(writes, [
    ...reads,
    ...pluginReads(plugins),
    ...trainingData.map((path) => ({ path, what: "the texts to train on" })),
    ...data === undefined ? await textReads(settings) : dataReads(data),
  ]);
  await keepForeign(writes);
}

/** Writes the table in all its forms. */
async function writeTable(
  table: TrustTable,
  corpus: string,
  models: readonly MeasuredModel[],
  { out, length, seed, sentences }: Settings,
): Promise<string[]> {
  const about = { model: models.map(({ path }) => path).join(", "), corpus, length, seed };
  const written: Record<(typeof fileNames)[number], string> = {
    "trust.html": trustHtml(table, { ...about, sentences }),
    "trust.json": `${JSON.stringify({ ...about, ...table }, null, 2)}\n`,
    "trust.csv": trustCsv(table),
  };
  for (const [name, content] of Object.entries(written)) {
    await writeFileAtomically(`${out}/${name}`, content);
  }
  return fileNames.map((name) => `${out}/${name}`);
}
