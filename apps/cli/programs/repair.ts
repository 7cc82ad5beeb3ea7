import { choiceFlag, readFlag, requiredFlag, textFlag, wholeNumberFlag } from "../flag_kinds.ts";
import { type ArgumentsOf, defineProgram } from "../program.ts";
import {
  cacheFlag,
  modelFolderFlag,
  oneExplainerFlag,
  pluginFlag,
  seedFlag,
  workersFlag,
} from "../shared_flags.ts";
import { columnFlags, labelledDataFlag } from "../table_flags.ts";
import { UsageError } from "../usage_error.ts";

/** The ways to repair a model. */
export const repairWays = ["deletion", "counter-examples", "penalty", "filters"] as const;

/** How strongly relevance on the leak is penalised unless it is said. */
export const PENALTY = 0.3;

/** Reads `--lambda`. */
export function readLambda(given: string): number {
  const value = Number(given);
  if (/^\d*\.?\d+$/.test(given) && value > 0 && value <= 1000) return value;
  throw new UsageError(`Option --lambda takes a number above 0, up to 1000, not "${given}"`);
}

/** `deno task repair` */
export const repairProgram = defineProgram({
  name: "repair",
  about: `
Repairs a model that looks at what it should not, in up to four ways, tells what each came to on
texts that no model learned from, and writes the repaired models.
`,
  usage: ["deno task repair --against WHAT [options]"],
  positionals: Infinity,
  completePositional: "file",
  flags: [
    modelFolderFlag,
    requiredFlag("against", {
      value: "WHAT",
      complete: "file",
      help:
        "What the model is to look at no more: a group of tokens (address, url, host, header, " +
        "signature, quote, attribution, date, number, code), words with commas between, a file of " +
        "words, or a finding of an audit, as out/audit/audit.json#1",
    }, "name words, a group of tokens, or a finding of an audit"),
    textFlag("out", {
      value: "DIR",
      complete: "folder",
      default: "out/repair",
      help: "The folder of the report, and of a folder for each repaired model",
    }),
    choiceFlag("by", ["all", ...repairWays], {
      value: "WAY",
      default: "all",
      help:
        "deletion: the model learns anew from its texts without it; counter-examples: it is taken out of " +
        "texts and put into others, so that every class has it as often; penalty: a word-CNN learns " +
        "anew with relevance on it penalised; filters: those of a word-CNN that lean on it are " +
        "switched off; all: what the model allows of them",
    }),
    readFlag("lambda", {
      value: "NUMBER",
      default: PENALTY,
      help: "How strongly the relevance on it is penalised, squared, in scores",
    }, readLambda),
    wholeNumberFlag("seeds", {
      value: "N",
      from: 1,
      to: 100,
      default: 1,
      help:
        "How many models are measured before and after, further ones trained like the first with " +
        "other seeds; intervals are then over seeds, else over texts",
    }),
    labelledDataFlag,
    ...columnFlags,
    oneExplainerFlag("lrp", "What gives the relevances that are measured"),
    pluginFlag,
    cacheFlag,
    seedFlag,
    workersFlag(),
  ],
  notes: `
Writes OUT/repair.html (one page, for a browser without network), OUT/repair.json, OUT/repair.csv,
and each repaired model into a folder OUT/deletion, OUT/counter-examples, OUT/penalty, OUT/filters,
which every program takes as --model. The report says which of them to take. The model itself is not
changed. It learns from the rows that it learned from, and is measured on the others; where it does
not tell them apart, or has learned from all, a fifth of the texts is set aside, what is measured
learned from the others, and the model that is written from all. Models that were trained already
are taken from the cache: the same command goes on where it stopped.
`,
  examples: [
    "deno task repair --model tickets-model --data tickets.csv --against zendesk7",
    "deno task repair --model reviews-model --data reviews.csv --against host --by filters",
    "deno task repair --model m --data d.csv --against out/audit/audit.json#1 --seeds 5",
  ],
});

/** What is given to `deno task repair`. */
export type RepairArguments = ArgumentsOf<typeof repairProgram>;
