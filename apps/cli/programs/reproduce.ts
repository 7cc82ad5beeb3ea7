import { choiceFlag, switchFlag, wholeNumberFlag } from "../flag_kinds.ts";
import { type ArgumentsOf, defineProgram } from "../program.ts";
import {
  cacheFlag,
  dataFlag,
  explainersFlag,
  offlineFlag,
  pluginFlag,
  resultsFlag,
  seedFlag,
  vectorsFlag,
  workersFlag,
} from "../shared_flags.ts";

/** The corpora that can be asked for; `auto` takes the real one where it can be had. */
export const corpora = ["auto", "newsgroups", "miniature"] as const;

/** What can be asked for of the chapter on trust. */
export const trustTables = ["table", "full", "none"] as const;

/** `deno task reproduce` */
export const reproduceProgram = defineProgram({
  name: "reproduce",
  about: `
Runs the experiments of Arras et al. 2016, "Explaining Predictions of Non-Linear Classifiers in
NLP", on the 20Newsgroups corpus, and writes a report.
`,
  usage: ["deno task reproduce [options]"],
  flags: [
    dataFlag(),
    choiceFlag("corpus", corpora, {
      value: "NAME",
      default: "auto",
      help: '"newsgroups" insists on the real corpus; "miniature" takes the 140 posts that come ' +
        'with the project, and its pretrained model; "auto" takes the real corpus if it is there ' +
        "or can be downloaded, else the miniature",
    }),
    offlineFlag,
    resultsFlag,
    cacheFlag,
    explainersFlag("lrp,sa"),
    pluginFlag,
    vectorsFlag,
    switchFlag("tf-idf", "Also draw documents weighted by TF-IDF, the paper's other baseline"),
    choiceFlag("trust", trustTables, {
      value: "WHAT",
      default: "table",
      help:
        '"table" measures in a minute which explainers may be trusted for the model; "full" also ' +
        'trains four more models and five with planted shortcuts, which takes an hour; or "none"',
    }),
    seedFlag,
    workersFlag(),
    wholeNumberFlag("memory", {
      value: "MIB",
      from: 0,
      to: 3500,
      default: 512,
      help: "Most memory for projections of words, in MiB; less is slower where the vocabulary " +
        "is large, and changes no result",
    }),
    switchFlag(
      "quick",
      "A small part of everything, in a minute or two: shows that it runs, proves nothing",
    ),
  ],
  notes: `
Writes OUT/report.html, OUT/ledger.json, OUT/metrics.json, OUT/figures/ and
OUT/trust/ (the table of "deno task trust"). What was computed before
is taken from the cache; a run that was stopped goes on where it was.
`,
  examples: [
    "deno task reproduce --data ../20newsgroups",
    "deno task reproduce --quick --out quick",
    "deno task reproduce --explainers lrp,sa,gradient-input --plugin ./mine.ts",
  ],
});

/** What is given to `deno task reproduce`. */
export type ReproduceArguments = ArgumentsOf<typeof reproduceProgram>;
