import { defined } from "../cli/flag.ts";
import type { AuditArguments } from "../cli/programs/audit.ts";
import type { TextsSettings } from "../opening/chosen_texts.ts";
import { dataButNewsgroups, labelledSettings } from "../opening/labelled_settings.ts";
import { type ModelLimits, modelLimits } from "../opening/model_limits.ts";

/** Which texts a model is looked at with, and how. */
export interface AuditedSettings extends TextsSettings {
  /** How the model is asked. */
  readonly limits?: ModelLimits;
  /** Name of the explainer, when one was named. */
  readonly explainer?: string;
  /** Files of plugins. */
  readonly plugins: readonly string[];
  /** How many texts. */
  readonly documents: number;
  /** Where all randomness starts. */
  readonly seed: number;
  /** How many threads. */
  readonly workers: number;
}

/** What a command line says about the texts. */
type AuditedArguments = Omit<
  AuditArguments,
  "model" | "out" | "candidates" | "insertions" | "removals" | "findings"
>;

/** Reads from a command line which texts a model is looked at with. */
export function auditedSettings(args: AuditedArguments): AuditedSettings {
  const { corpus, explainers, documents, seed, workers } = args;
  const { data, ...labelled } = labelledSettings(args);
  return {
    ...labelled,
    ...defined({ data: dataButNewsgroups(data) }),
    ...modelLimits(args),
    ...defined({ explainer: explainers }),
    corpus,
    plugins: args.plugin,
    documents,
    seed,
    workers,
  };
}
