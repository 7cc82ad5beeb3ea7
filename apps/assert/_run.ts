import type { OnProgress } from "@heatword/core";
import { writeFileAtomically } from "@heatword/core/files";
import { environmentVariable } from "@heatword/core/permissions";
import {
  type CheckedRule,
  checkRules,
  githubAnnotations,
  isFailure,
  junitXml,
  readRules,
  rulesText,
} from "@heatword/eval/audit";
import { visible } from "@heatword/eval/render";
import { keepApart } from "../cli/keep_apart.ts";
import type { AssertSettings } from "./_settings.ts";
import { auditedReads, findAudited, openAudited, readAudited, readBy } from "../auditing/open.ts";

/** What rules came to. */
export interface AssertOutcome {
  /** The rules. */
  readonly checked: readonly CheckedRule[];
  /** How many fail. */
  readonly failed: number;
  /** What is printed: a line a rule, and the annotations of GitHub Actions where it runs. */
  readonly text: string;
}

/**
 * Checks rules for a model.
 *
 * @param settings Which rules, and which model.
 * @param onProgress Called with progress.
 * @param onNotice Called with each line that a person should know.
 * @throws {Error} If the rules, the texts or the model cannot be read.
 */
export async function assertRules(
  settings: AssertSettings,
  onProgress: OnProgress,
  onNotice: (line: string) => void = (line) => console.error(line),
): Promise<AssertOutcome> {
  const { rules: path, junit, strict } = settings;
  const note = (line: string) => onNotice(`note: ${line}`);
  const rules = readRules(await Deno.readTextFile(path), path);
  const given = await findAudited(settings.model, settings);
  if (junit !== undefined) {
    await keepApart([{ path: junit, what: "the results" }], [
      { path, what: "the rules" },
      ...given.files,
      ...await auditedReads(settings),
    ]);
  }
  const opened = await openAudited(given, settings, note);
  const { texts } = await readAudited(settings, [given], note);
  const documents = readBy(opened.model, texts, note);
  const checked = await checkRules({ ...opened, onProgress }, documents, rules);
  if (junit !== undefined) await writeFileAtomically(junit, junitXml(checked, strict));
  const failed = checked.filter((one) => isFailure(one, strict)).length;
  const annotations = environmentVariable("GITHUB_ACTIONS") === "true"
    ? githubAnnotations(checked, path, strict)
    : [];
  const lines = [...rulesText(checked).split("\n"), ...annotations];
  return { checked, failed, text: lines.map(visible).join("\n") };
}
