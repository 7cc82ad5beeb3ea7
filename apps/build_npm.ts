import { textFlag } from "./cli/flag_kinds.ts";
import { needsOfReadingAndWriting, requirePermissions } from "./cli/permissions.ts";
import { defineProgram } from "./cli/program.ts";
import { runProgram } from "./cli/run_program.ts";
import { isStarted } from "./cli/started.ts";

/** `deno task build:npm` */
const buildNpmProgram = defineProgram({
  name: "build-npm",
  about: `
Makes the npm package "heatword" of the repository: a folder that "npm pack" takes. Nothing is
published.
`,
  usage: ["deno task build:npm [options]"],
  flags: [
    textFlag("out", {
      value: "DIR",
      complete: "folder",
      default: "out/npm",
      help: "The folder; an earlier package in it is replaced",
    }),
  ],
});

if (isStarted(import.meta)) {
  runProgram(buildNpmProgram, async ({ out }) => {
    requirePermissions(needsOfReadingAndWriting("A package"));
    const { showProgress } = await import("./cli/progress.ts");
    const { buildPackage } = await import("./npm/build.ts");
    const { writePackage } = await import("./npm/write.ts");
    const progress = showProgress();
    const files = await buildPackage((done, total) =>
      progress({ task: "Making modules", unit: "module", done, total })
    );
    const bytes = await writePackage(out, files);
    console.log(out);
    console.error(`${files.length} files, ${(bytes / 1e6).toFixed(1)} MB`);
  });
}
