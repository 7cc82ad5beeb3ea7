import { repeatedFlag, switchFlag, textFlag } from "../flag_kinds.ts";
import { defineProgram } from "../program.ts";
import { compareFlag, modelFlag, modelLimitFlags, pluginFlag } from "../shared_flags.ts";
import { columnFlags, labelledDataFlag } from "../table_flags.ts";

/** `deno task report` */
export const reportProgram = defineProgram({
  name: "report",
  about: `
Writes the page of "deno task serve" as one HTML file, with model and texts in it. It opens from
disk, offline; nothing that is typed into it leaves it. With --compare-model there are two models
in it.
`,
  usage: ["deno task report --single-file [options]"],
  positionals: Infinity,
  completePositional: "file",
  flags: [
    switchFlag("single-file", "Put everything into one file"),
    textFlag("out", {
      value: "FILE",
      complete: "file",
      default: "heatword.html",
      help: "The file",
    }),
    repeatedFlag("article", {
      value: "ID",
      help: "Also offer an article of the corpus, e.g. sci.space/61393",
    }),
    repeatedFlag("file", {
      value: "FILE",
      complete: "file",
      help: "Also offer the text of a file",
    }),
    modelFlag,
    compareFlag,
    ...modelLimitFlags,
    labelledDataFlag,
    ...columnFlags,
    pluginFlag,
  ],
  notes: "The miniature corpus is offered where the model has classes of it.",
  examples: [
    "deno task report --single-file",
    "deno task report --single-file --article sci.space/61393 --out space.html",
    "deno task report --single-file --model reviews-model --data reviews.csv --text body --label stars",
    "deno task report --single-file --model model-of-june --compare-model model-of-may",
  ],
});
