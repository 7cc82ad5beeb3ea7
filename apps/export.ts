import { kindOfModel, tfjsKind, wordCnnKind } from "@heatword/core/models";
import { saveTfjsModel } from "@heatword/core/tfjs";
import { loadWordCnn } from "@heatword/core/word-cnn";
import { modelHelp } from "./cli/model_help.ts";
import { readCommandLine, runMain, UsageError } from "./cli/cli.ts";
import { requirePermissions } from "./cli/permissions.ts";
import { modelPath } from "./opening/model.ts";
import { keepApart } from "./cli/keep_apart.ts";

const HELP = `
Export a trained model for other programs.

Usage: deno task export [options] --out DIR

Writes a TensorFlow.js LayersModel: model.json and its weight files for tf.loadLayersModel,
vocabulary.json ({"word": row, ...}), classes.json, text.json and SHA256SUMS. Its input is a row of
rows, its output the scores before softmax. Prints the folder.

Options:
  --model DIR    ${modelHelp}
  --format NAME  tfjs (the default, and the only one so far)
  --out DIR      The folder to write; it must be new, empty, or hold an older export
  -h, --help     Print this help
`;

if (import.meta.main) {
  await runMain(async () => {
    const args = readCommandLine(Deno.args, {
      help: HELP,
      string: ["model", "format", "out"],
      default: { format: "tfjs" },
      positionals: 0,
    });
    if (args.format !== "tfjs") {
      throw new UsageError(`Cannot export to format "${args.format}": the formats are tfjs`);
    }
    if (args.out === undefined) throw new UsageError("Option --out is missing: name a folder");
    requirePermissions([{ by: "Exporting", to: "read" }, { by: "Exporting", to: "write" }]);
    const path = await modelPath(args.model === undefined ? {} : { model: args.model });
    const kind = await kindOfModel(path);
    if (kind === tfjsKind) {
      throw new TypeError(`Cannot export "${path}": it is a TensorFlow.js model already`);
    }
    if (kind !== undefined && kind !== wordCnnKind) {
      throw new TypeError(
        `Cannot export "${path}": only word-CNNs of "deno task train" can be, not a model of the ` +
          `kind "${kind.name}"`,
      );
    }
    await keepApart([{ path: args.out, what: "the export" }], [{ path, what: "the model" }]);
    const { model } = await loadWordCnn(path);
    await saveTfjsModel(args.out, model);
    console.log(args.out);
  });
}
