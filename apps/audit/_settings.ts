import { type AuditedSettings, auditedSettings } from "../auditing/settings.ts";
import { defined } from "../cli/flag.ts";
import type { AuditArguments } from "../cli/programs/audit.ts";

/** What to audit, and how. */
export interface Settings extends AuditedSettings {
  /** What was given as the model, when one was named. */
  readonly model?: string;
  /** The folder of the results. */
  readonly out: string;
  /** How many features are tried, in how many texts, and how many are told. */
  readonly candidates: number;
  readonly insertions: number;
  readonly deletions: number;
  readonly findings: number;
}

/** Reads the settings from a command line. */
export function readSettings(args: AuditArguments): Settings {
  const { model, out, candidates, insertions, removals, findings } = args;
  return {
    ...auditedSettings(args),
    ...defined({ model }),
    out,
    candidates,
    insertions,
    deletions: removals,
    findings,
  };
}
