import { defined } from "../cli/flag.ts";
import type { AssertArguments } from "../cli/programs/assert.ts";
import { UsageError } from "../cli/usage_error.ts";
import { type AuditedSettings, auditedSettings } from "../auditing/settings.ts";

/** Which rules are checked, of which model. */
export interface AssertSettings extends AuditedSettings {
  /** The file of the rules. */
  readonly rules: string;
  /** What was given as the model, when one was named. */
  readonly model?: string;
  /** The file for JUnit XML, when one is wanted. */
  readonly junit?: string;
  /** Whether what is not decided fails. */
  readonly strict: boolean;
}

/**
 * Reads the settings from a command line.
 *
 * @throws {UsageError} If no rules are named.
 */
export function readAssertSettings(args: AssertArguments): AssertSettings {
  const [rules, ...positionals] = args.positionals;
  if (rules === undefined) {
    throw new UsageError("Name a file of rules: deno task assert RULES.json; see --help");
  }
  const { model, junit, strict } = args;
  return {
    ...auditedSettings({ ...args, positionals }),
    ...defined({ model, junit }),
    rules,
    strict,
  };
}
