import { requiredFlag, textFlag } from "../flag_kinds.ts";
import { defineProgram } from "../program.ts";
import { modelFolderFlag } from "../shared_flags.ts";

/** `deno task export` */
export const exportProgram = defineProgram({
  name: "export",
  // A shell has a command of that name already.
  command: "export-model",
  about: "Exports a trained model for other programs.",
  usage: ["deno task export [options] --out DIR"],
  details: `
Writes a TensorFlow.js LayersModel: model.json and its weight files for tf.loadLayersModel,
vocabulary.json ({"word": row, ...}), classes.json, text.json and SHA256SUMS. Its input is a row of
rows, its output the scores before softmax. Prints the folder.
`,
  flags: [
    modelFolderFlag,
    textFlag("format", {
      value: "NAME",
      complete: ["tfjs"],
      default: "tfjs",
      help: "tfjs, the only one so far",
    }),
    requiredFlag("out", {
      value: "DIR",
      complete: "folder",
      help: "The folder to write; it must be new, empty, or hold an older export",
    }, "name a folder"),
  ],
});
