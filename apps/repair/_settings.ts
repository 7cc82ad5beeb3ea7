import type { RepairWay } from "@heatword/eval/repair";
import { defined } from "../cli/flag.ts";
import { type RepairArguments, repairWays } from "../cli/programs/repair.ts";
import {
  dataButNewsgroups,
  type LabelledSettings,
  labelledSettings,
} from "../opening/labelled_settings.ts";

/** What to repair, and how. */
export interface RepairSettings extends LabelledSettings {
  /** What was given as the model, when one was named. */
  readonly model?: string;
  /** What it is to look at no more. */
  readonly against: string;
  /** The folder of the results. */
  readonly out: string;
  /** The ways. */
  readonly ways: readonly RepairWay[];
  /** Whether one way was named, which then must do. */
  readonly isNamed: boolean;
  /** How strongly relevance on the leak is penalised. */
  readonly lambda: number;
  /** How many models are measured. */
  readonly seeds: number;
  /** Name of the explainer, when one was named. */
  readonly explainer?: string;
  /** Files of plugins. */
  readonly plugins: readonly string[];
  /** The cache folder, when one was named. */
  readonly cache?: string;
  /** Where all randomness starts. */
  readonly seed: number;
  /** How many threads. */
  readonly workers: number;
}

/** Reads the settings from a command line. */
export function readRepairSettings(args: RepairArguments): RepairSettings {
  const { model, against, out, by, lambda, seeds, explainers, plugin, cache, seed, workers } = args;
  const { data, columns } = labelledSettings(args);
  return {
    ...defined({ data: dataButNewsgroups(data), model, cache, explainer: explainers }),
    columns,
    against,
    out,
    ways: by === "all" ? repairWays : [by],
    isNamed: by !== "all",
    lambda,
    seeds,
    plugins: plugin,
    seed,
    workers,
  };
}
