import type { DiffArguments } from "../cli/programs/diff.ts";
import { UsageError } from "../cli/usage_error.ts";
import { type AuditedSettings, auditedSettings } from "../auditing/settings.ts";

/** Which models are compared, and how. */
export interface DiffSettings extends AuditedSettings {
  /** What was given as the models. */
  readonly models: readonly [before: string, after: string];
  /** The folder of the results. */
  readonly out: string;
  /** From which changes on there are alarms. */
  readonly margin: number;
  readonly wordMargin: number;
  /** How many texts and words are told. */
  readonly most: number;
}

/**
 * Reads the settings from a command line.
 *
 * @throws {UsageError} If not two models are named.
 */
export function readDiffSettings(args: DiffArguments): DiffSettings {
  const [before, after, ...positionals] = args.positionals;
  if (before === undefined || after === undefined) {
    throw new UsageError("Name two models: deno task diff BEFORE AFTER; see --help");
  }
  const { out, margin, most } = args;
  return {
    ...auditedSettings({ ...args, positionals }),
    models: [before, after],
    out,
    margin,
    wordMargin: args["word-margin"],
    most,
  };
}
