import type { Model, OnProgress } from "@heatword/core";
import { writeFileAtomically } from "@heatword/core/files";
import { getExplainer } from "@heatword/core";
import { TrainingRows } from "@heatword/datasets/corpus";
import { findCache } from "@heatword/datasets/folders";
import type { LabelledText } from "@heatword/datasets/tables";
import { chosenExplainers } from "@heatword/eval/explanations";
import {
  advisedWay,
  figuresOf,
  leakingTexts,
  measuredTexts,
  outcomesOf,
  repairCsv,
  repairHtml,
  type RepairReport,
  type TextOutcome,
  type WayReport,
} from "@heatword/eval/repair";
import { defined } from "../cli/flag.ts";
import { keepApart, type PathUse } from "../cli/keep_apart.ts";
import { keepForeign } from "../cli/keep_foreign.ts";
import { dataFolderOf } from "../opening/chosen_texts.ts";
import { modelPath, openModelAt } from "../opening/model.ts";
import { loadPlugins } from "../opening/plugins.ts";
import { dataReads, modelReads, pluginReads, textReads } from "../opening/reads.ts";
import { keepModelApart } from "../training/keep_model_apart.ts";
import { seedsBut } from "../training/seeds_but.ts";
import { type Against, againstReads, leakOf, readAgainst } from "./_against.ts";
import { type Learner, learnerOf } from "./learner.ts";
import type { RepairSettings } from "./_settings.ts";
import { type RepairTexts, repairTexts } from "./_texts.ts";
import { type Repaired, ways, type WaySituation, whyNot } from "./_ways.ts";

/** The files of the report. */
const fileNames = ["repair.html", "repair.json", "repair.csv"] as const;

/** What a repair gives back. */
export interface RepairOutcome {
  /** What it came to. */
  readonly report: RepairReport;
  /** The files of the report, the page first. */
  readonly files: readonly string[];
}

/** A model that is to be repaired. */
interface Patient {
  readonly folder: string;
  readonly files: readonly PathUse[];
  readonly model: Model;
  readonly data?: string;
  readonly explainer: string;
}

/** Makes sure that nothing is overwritten, and opens the model. */
async function openPatient(
  settings: RepairSettings,
  note: (line: string) => void,
): Promise<Patient> {
  const { out, plugins } = settings;
  const data = await dataFolderOf({ ...settings, corpus: "all" });
  const reads = [
    ...pluginReads(plugins),
    ...await againstReads(settings.against),
    ...data === undefined ? await textReads(settings) : dataReads(data),
  ];
  const writes = fileNames.map((name) => ({ path: `${out}/${name}`, what: "the report" }));
  await keepApart(writes, reads);
  await keepForeign(writes);
  await loadPlugins(plugins);
  if (settings.explainer !== undefined) getExplainer(settings.explainer);
  const folder = await modelPath(defined({ model: settings.model }));
  const files = await modelReads(folder);
  await keepApart(writes, files);
  for (const way of settings.ways) await keepModelApart(`${out}/${way}`, [...reads, ...files]);
  const model = await openModelAt(folder, defined({ data }), note);
  const named = settings.explainer === undefined ? undefined : [settings.explainer];
  const [chosen] = chosenExplainers(named, ["lrp"], model, note);
  return { folder, files, model, explainer: chosen!.name, ...defined({ data }) };
}

/** The ways that a model allows. */
function possibleWays(
  settings: RepairSettings,
  situation: WaySituation,
  folder: string,
  note: (line: string) => void,
) {
  return settings.ways.filter((way) => {
    const why = whyNot(way, situation);
    if (why === undefined) return true;
    if (settings.isNamed) throw new TypeError(`Cannot repair "${folder}" by ${way}: ${why}`);
    note(`not repaired by ${way}: ${why}`);
    return false;
  });
}

/** Seeds, the model's own first. */
function seedsOf(
  { seeds, seed }: RepairSettings,
  learner: Learner,
  note: (line: string) => void,
): number[] {
  const own = learner.seed ?? seed;
  if (learner.kind === "linear" && seeds > 1) {
    // An interval over equal models has no width, and says nothing.
    note(`--seeds ${seeds} is taken as 1: a linear model is the same with any seed`);
    return [own];
  }
  return [own, ...seedsBut(own, seed, seeds - 1)];
}

/**
 * Repairs a model, measures it before and after, and writes what came of it.
 *
 * @param settings What to repair, and how.
 * @param onProgress Called with progress.
 * @param onNotice Called with each line that a person should know.
 * @throws {RangeError} If there is nothing to repair, or too few texts.
 * @throws {TypeError} If the model cannot be repaired so.
 */
export async function repairModel(
  settings: RepairSettings,
  onProgress: OnProgress,
  onNotice: (line: string) => void = (line) => console.error(line),
): Promise<RepairOutcome> {
  const { out, lambda } = settings;
  const note = (line: string) => onNotice(`note: ${line}`);
  const against: Against = await readAgainst(settings.against);
  const patient = await openPatient(settings, note);
  const { folder, model, explainer } = patient;
  const learner = await learnerOf(folder, model, {
    files: patient.files.map(({ path }) => path),
    cache: findCache(settings.cache),
    workers: settings.workers,
    onProgress,
  });
  learner.notes.forEach(note);
  const leak = leakOf(against, model);
  const texts = await repairTexts(settings, folder, model, note);
  const read = (text: string) => model.read(text);
  const learned = leakingTexts(texts.learned, leak, read);
  const having = learned.filter(({ spans }) => spans.length > 0).length;
  if (having === 0) {
    throw new RangeError(
      `None of the ${learned.length} texts to learn from has the ${leak.kind} "${leak.what}": there ` +
        "is nothing to repair",
    );
  }
  const situation = { learner, before: model, leak, texts: learned };
  const possible = possibleWays(settings, situation, folder, note);
  const measured = measuredTexts(
    texts.measured.map(({ text, id, label }) => model.read(text, { id, label })),
    leak,
  );
  const seeds = seedsOf(settings, learner, note);
  const before: TextOutcome[][] = [];
  const after = possible.map((): TextOutcome[][] => []);
  const mended: Repaired[] = [];
  for (const [s, seed] of seeds.entries()) {
    const isGiven = s === 0 && texts.isOwn;
    const patientOfSeed = isGiven ? model : (await learner.learn({
      texts: texts.learned,
      seed,
      task: `Training a model with seed ${seed}`,
    })).model;
    before.push(await outcomesOf(patientOfSeed, explainer, measured));
    const common = { learner, leak, lambda, explainer, seed };
    for (const [w, way] of possible.entries()) {
      const work = { ...common, before: patientOfSeed, texts: learned };
      const repaired = await ways[way](work);
      after[w]!.push(await outcomesOf(repaired.model, explainer, measured));
      if (s > 0) continue;
      // Where no text is set aside for good, the model that is kept learns from all of them.
      mended.push(
        texts.isOwn ? repaired : await ways[way]({
          ...common,
          before: model,
          texts: leakingTexts([...texts.learned, ...texts.measured], leak, read),
        }),
      );
    }
  }
  const { kind, what } = leak;
  const reports = possible.map((way, w): WayReport => ({
    way,
    folder: `${out}/${way}`,
    done: mended[w]!.done,
    figures: figuresOf(before, after[w]!),
  }));
  const report: RepairReport = {
    model: folder,
    corpus: texts.name,
    against: { kind, what },
    explainer,
    seeds,
    writtenFrom: texts.isOwn ? "learned" : "all",
    texts: {
      learned: learned.length,
      learnedWithLeak: having,
      measured: measured.length,
      measuredWithLeak: measured.filter(({ spans }) => spans.length > 0).length,
    },
    ways: reports,
    advised: advisedWay(reports).way,
  };
  for (const [w, { way, folder }] of reports.entries()) {
    const repaired = {
      by: way,
      against: { kind, what },
      of: patient.folder,
      ...(way === "penalty" && { lambda }),
    };
    const kept: readonly LabelledText[] = rowsOf(texts);
    const { model, chosen } = mended[w]!;
    await learner.save(folder, model, { ...chosen, repaired, documents: kept.length });
    await TrainingRows.of(kept).save(folder);
  }
  const written: Record<typeof fileNames[number], string> = {
    "repair.html": repairHtml(report),
    "repair.json": `${JSON.stringify(report, null, 2)}\n`,
    "repair.csv": repairCsv(report),
  };
  for (const [name, content] of Object.entries(written)) {
    await writeFileAtomically(`${out}/${name}`, content);
  }
  return { report, files: fileNames.map((name) => `${out}/${name}`) };
}

/** The rows that a model which is kept has learned from. */
function rowsOf({ isOwn, learned, measured }: RepairTexts): readonly LabelledText[] {
  return isOwn ? learned : [...learned, ...measured];
}
