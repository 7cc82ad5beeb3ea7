import { textFlag } from "./cli/flag_kinds.ts";
import { needsOfReadingAndWriting, requirePermissions } from "./cli/permissions.ts";
import { defineProgram } from "./cli/program.ts";
import { runProgram } from "./cli/run_program.ts";
import { isStarted } from "./cli/started.ts";

/** `deno task compile` */
const compileProgram = defineProgram({
  name: "compile",
  about: `
Makes one file of all programs but those of the page, which runs without Deno and without the
repository. Deno fetches its runtime for it, or takes the one that DENORT_BIN names.
`,
  usage: ["deno task compile [options]"],
  flags: [
    textFlag("out", {
      value: "FILE",
      complete: "file",
      default: "out/heatword",
      help: "The file; it must not be there",
    }),
  ],
});

if (isStarted(import.meta)) {
  runProgram(compileProgram, async ({ out }) => {
    requirePermissions([
      ...needsOfReadingAndWriting("A command"),
      { by: "Compiling", to: "run" },
    ]);
    const { showProgress } = await import("./cli/progress.ts");
    const { findParts } = await import("./npm/build.ts");
    const { compileArguments, MAIN } = await import("./compile/arguments.ts");
    const { compile } = await import("./compile/compile.ts");
    const { version } = await import("./compile/version.ts");
    const progress = showProgress();
    progress({ task: "Compiling", unit: "step", done: 0, total: 2 });
    const parts = await findParts(() => [MAIN]);
    progress({ task: "Compiling", unit: "step", done: 1, total: 2 });
    const bytes = await compile({
      out,
      version,
      argumentsFor: (file) => compileArguments(parts, file),
    });
    console.log(out);
    console.error(`${(bytes / 1e6).toFixed(1)} MB`);
  });
}
