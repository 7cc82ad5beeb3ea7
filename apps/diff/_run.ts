import { formatPercent } from "@heatword/core/counts";
import type { OnProgress } from "@heatword/core";
import { writeFileAtomically } from "@heatword/core/files";
import { diffAlarms, diffHtml, diffModels, type ModelDiff } from "@heatword/eval/audit";
import { visible } from "@heatword/eval/render";
import { keepToOneServer } from "../opening/one_server.ts";
import type { DiffSettings } from "./_settings.ts";
import {
  findApart,
  findAudited,
  type FoundModel,
  openAudited,
  readAudited,
  readBy,
} from "../auditing/open.ts";

/** What a comparison gives back. */
export interface DiffOutcome {
  /** What changed. */
  readonly diff: ModelDiff;
  /** What is printed. */
  readonly text: string;
  /** The files, the page first. */
  readonly files: readonly string[];
}

/** A comparison for a terminal. */
function diffText(diff: ModelDiff): string {
  const { accuracy, predictions, documents, notes } = diff;
  const { low, high } = accuracy.change;
  const alarms = diffAlarms(diff);
  return [
    ...notes,
    `accuracy ${formatPercent(accuracy.before.count / documents)} before, ` +
    `${formatPercent(accuracy.after.count / documents)} after ` +
    `(change ${formatPercent(low)} to ${formatPercent(high)}); ` +
    `${predictions.count} of ${documents} predictions differ`,
    ...alarms.map((line) => `alarm: ${line}`),
    ...(alarms.length === 0 ? ["no change is beyond the margins with its whole interval"] : []),
  ].map(visible).join("\n");
}

/**
 * Compares two models on the same texts and writes what changed.
 *
 * @param settings Which, and how.
 * @param onProgress Called with progress.
 * @param onNotice Called with each line that a person should know.
 * @throws {Error} If a model or the texts cannot be read.
 */
export async function compareModels(
  settings: DiffSettings,
  onProgress: OnProgress,
  onNotice: (line: string) => void = (line) => console.error(line),
): Promise<DiffOutcome> {
  const { models, out, margin, wordMargin, most } = settings;
  keepToOneServer(models);
  const note = (line: string) => onNotice(`note: ${line}`);
  const [before, after] = await findApart(
    { out, names: ["diff.html", "diff.json"], what: "the comparison" },
    settings,
    async () => [
      await findAudited(models[0], settings),
      await findAudited(models[1], settings),
    ],
  ) as [FoundModel, FoundModel];
  const one = await openAudited(before, settings, note);
  const other = await openAudited(after, settings, note);
  const { texts, corpus } = await readAudited(settings, [before, after], note);
  const diff = await diffModels(
    { ...one, onProgress },
    { ...other, onProgress },
    [readBy(one.model, texts, note), readBy(other.model, texts, note)],
    { margin, wordMargin, most },
  );
  const written: Record<string, string> = {
    "diff.html": diffHtml(diff, { models, corpus }),
    "diff.json": `${JSON.stringify({ models, corpus, ...diff }, null, 2)}\n`,
  };
  for (const [name, content] of Object.entries(written)) {
    await writeFileAtomically(`${out}/${name}`, content);
  }
  return {
    diff,
    text: diffText(diff),
    files: Object.keys(written).map((name) => `${out}/${name}`),
  };
}
