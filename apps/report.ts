#!/usr/bin/env -S deno run -q -P=report
import { modelHelp } from "./cli/model_help.ts";
import { writeFileAtomically } from "@heatword/core/files";
import { type CommandLine, readCommandLine, runMain, UsageError } from "./cli/cli.ts";
import { encodingOption } from "./cli/encoding.ts";
import { requirePermissions } from "./cli/permissions.ts";

const commandLine: CommandLine = {
  help: `
Writes the page of "deno task serve" as one HTML file, with model and texts in it. It opens from
disk, offline; nothing that is typed into it leaves it.

Usage: deno task report --single-file [options]

Options:
  --single-file      Put everything into one file
  --out FILE         The file; heatword.html if not given
  --article ID       Also offer an article of the corpus, e.g. sci.space/61393; may be repeated
  --file FILE        Also offer the text of a file; may be repeated
  --encoding NAME    Encoding of these files; utf-8 if not given
  --model DIR        ${modelHelp}
  --data DIR         The data folder; $HEATWORD_DATA, else ./data
  --plugin FILE      A file that registers more explainers; may be repeated
  -h, --help         Print this help, and end

The miniature corpus is always offered.

Examples:
  deno task report --single-file
  deno task report --single-file --article sci.space/61393 --out space.html
`,
  string: ["out", "encoding", "model", "data"],
  collect: ["article", "file", "plugin"],
  boolean: ["single-file"],
  positionals: 0,
};

if (import.meta.main) {
  await runMain(async () => {
    const args = readCommandLine(Deno.args, commandLine);
    if (!args["single-file"]) throw new UsageError("Say what to make: --single-file; see --help");
    requirePermissions([{ by: "A report", to: "read" }, { by: "A report", to: "write" }]);
    const { findData } = await import("@heatword/datasets");
    const { keepApart } = await import("./cli/keep_apart.ts");
    const { dataReads, modelReads, pluginReads } = await import("./opening/reads.ts");
    const { modelPath } = await import("./opening/model.ts");
    const { makeReport } = await import("./serve/make_report.ts");
    const { loadPlugins } = await import("./opening/plugins.ts");
    const out: string = args.out ?? "heatword.html";
    await loadPlugins(args.plugin);
    await keepApart([{ path: out, what: "the page" }], [
      ...args.file.map((path: string) => ({ path, what: "the text" })),
      ...pluginReads(args.plugin),
      ...await modelReads(await modelPath(args.model === undefined ? {} : { model: args.model })),
      ...dataReads(findData(args.data)),
    ]);
    const html = await makeReport({
      articles: args.article,
      files: args.file,
      encoding: encodingOption(args, "utf-8"),
      plugins: args.plugin,
      ...(args.model !== undefined && { model: args.model }),
      ...(args.data !== undefined && { data: args.data }),
    });
    await writeFileAtomically(out, html);
    console.log(out);
    console.error(`${(html.length / 1e6).toFixed(1)} MB; open it in a browser`);
  });
}
