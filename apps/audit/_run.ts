import type { OnProgress } from "@heatword/core";
import { writeFileAtomically } from "@heatword/core/files";
import { type Audit, audit, auditCsv, auditHtml, type AuditResult } from "@heatword/eval/audit";
import { describeRun } from "@heatword/eval/batch";
import { formatCount } from "@heatword/eval/numbers";
import { FinishedTasks } from "@heatword/eval/trust";
import {
  findApart,
  findAudited,
  type FoundModel,
  openAudited,
  readAudited,
  readBy,
} from "../auditing/open.ts";
import type { Settings } from "./_settings.ts";

/** The files of an audit. */
const fileNames = ["audit.html", "audit.json", "audit.csv", "asked.jsonl"] as const;

/** What an audit gives back. */
export interface AuditOutcome {
  /** What was found. */
  readonly audit: Audit;
  /** The files, the page first. */
  readonly files: readonly string[];
}

/**
 * Audits a model and writes what was found.
 *
 * @param settings What to audit, and how.
 * @param onProgress Called with progress.
 * @param onNotice Called with each line that a person should know.
 * @throws {RangeError} If no text has a class of the model, or the explainer is unknown.
 * @throws {TypeError} If the model cannot do what a named explainer needs.
 */
export async function auditModel(
  settings: Settings,
  onProgress: OnProgress,
  onNotice: (line: string) => void = (line) => console.error(line),
): Promise<AuditOutcome> {
  const { out, plugins, seed, candidates, insertions, deletions, findings } = settings;
  const note = (line: string) => onNotice(`note: ${line}`);
  const [given] = await findApart(
    { out, names: fileNames, what: "the audit" },
    settings,
    async () => [await findAudited(settings.model, settings)],
  ) as [FoundModel];
  const opened = await openAudited(given, settings, note);
  const { texts, corpus } = await readAudited(settings, [given], note);
  const documents = readBy(opened.model, texts, note);
  const options = { candidates, insertions, deletions, findings, seed };
  await Deno.mkdir(out, { recursive: true });
  const path = `${out}/asked.jsonl`;
  // How many findings are told changes nothing of what the model is asked.
  const { findings: _, ...asking } = options;
  const settled = { audit: 2, model: given.folder, asking, explainer: opened.explainer, texts };
  const files = [...given.files, ...plugins.map((path) => ({ path }))].map(({ path }) => path);
  const run = await describeRun(settled, files, new Set(), onProgress);
  using finished = await FinishedTasks.open<AuditResult>(path, run);
  if (finished.size > 0) note(`${formatCount(finished.size, "task")} done already, in ${path}`);
  const found = await audit({ ...opened, finished, onProgress }, documents, options);
  const about = { model: given.folder, corpus, explainer: opened.explainer, seed };
  const written: Record<string, string> = {
    "audit.html": auditHtml(found, about),
    "audit.json": `${JSON.stringify({ ...about, ...found }, null, 2)}\n`,
    "audit.csv": auditCsv(found),
  };
  for (const [name, content] of Object.entries(written)) {
    await writeFileAtomically(`${out}/${name}`, content);
  }
  return { audit: found, files: Object.keys(written).map((name) => `${out}/${name}`) };
}
