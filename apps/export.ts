import { kindOfModel, tfjsKind, wordCnnKind } from "@heatword/core/models";
import { saveTfjsModel } from "@heatword/core/tfjs";
import { loadWordCnn } from "@heatword/core/word-cnn";
import { defined } from "./cli/flag.ts";
import { keepApart } from "./cli/keep_apart.ts";
import { requirePermissions } from "./cli/permissions.ts";
import { exportProgram } from "./cli/programs/export.ts";
import { runProgram } from "./cli/run_program.ts";
import { UsageError } from "./cli/usage_error.ts";
import { modelPath } from "./opening/model.ts";

if (import.meta.main) {
  await runProgram(exportProgram, async ({ model: named, format, out }) => {
    if (format !== "tfjs") {
      throw new UsageError(`Cannot export to format "${format}": the formats are tfjs`);
    }
    requirePermissions([{ by: "Exporting", to: "read" }, { by: "Exporting", to: "write" }]);
    const path = await modelPath(defined({ model: named }));
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
    await keepApart([{ path: out, what: "the export" }], [{ path, what: "the model" }]);
    const { model } = await loadWordCnn(path);
    await saveTfjsModel(out, model);
    console.log(out);
  });
}
