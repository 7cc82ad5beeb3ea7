import { findReadableData } from "@heatword/datasets/folders";
import { needsOfData, needsOfFiles, requirePermissions } from "./cli/permissions.ts";
import { tokenizeProgram } from "./cli/programs/tokenize.ts";
import { runProgram } from "./cli/run_program.ts";
import { isStarted } from "./cli/started.ts";
import { UsageError } from "./cli/usage_error.ts";

if (isStarted(import.meta)) {
  runProgram(tokenizeProgram, async (args) => {
    const { positionals: names, list, encoding, data } = args;
    if (names.length === 0 && list === undefined) {
      throw new UsageError("Cannot tokenize nothing: name files, - or a --list; see --help");
    }
    const options = { encoding, stripHeader: args["strip-header"] };
    const outDir = args["train-punkt"];
    requirePermissions([
      ...needsOfFiles("read", { "Tokenizing": names, "Option --list": list }),
      ...(list === undefined ? [] : [{ by: "Option --list", to: "read" } as const]),
      ...needsOfData(data),
      ...needsOfFiles("write", { "Option --train-punkt": outDir }),
    ]);
    const { listFiles } = await import("./_tokenize_input.ts");
    const files = listFiles(names, list);
    const { tokenize, train } = await import("./_tokenize.ts");
    if (outDir === undefined) await tokenize(files, options, findReadableData(data));
    else await train(files, options, outDir);
  });
}
