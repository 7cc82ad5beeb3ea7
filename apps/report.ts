#!/usr/bin/env -S deno run -q -P=report
import { writeFileAtomically } from "@heatword/core/files";
import { defined } from "./cli/flag.ts";
import { needsOfReadingAndWriting, requirePermissions } from "./cli/permissions.ts";
import { reportProgram } from "./cli/programs/report.ts";
import { runProgram } from "./cli/run_program.ts";
import { isStarted } from "./cli/started.ts";
import { UsageError } from "./cli/usage_error.ts";

if (isStarted(import.meta)) {
  runProgram(reportProgram, async (args) => {
    const { out, article, file, encoding, plugin, model } = args;
    if (!args["single-file"]) throw new UsageError("Say what to make: --single-file; see --help");
    requirePermissions(needsOfReadingAndWriting("A report"));
    const { labelledSettings } = await import("./opening/labelled_settings.ts");
    const { openData } = await import("./serve/own_texts.ts");
    const { keepApart } = await import("./cli/keep_apart.ts");
    const { dataReads, modelReads, pluginReads, textReads } = await import("./opening/reads.ts");
    const { modelPaths } = await import("./opening/model_paths.ts");
    const { makeReport } = await import("./serve/make_report.ts");
    const { loadPlugins } = await import("./opening/plugins.ts");
    await loadPlugins(plugin);
    const labelled = labelledSettings(args);
    const paths = await modelPaths(defined({ model, compare: args["compare-model"] }));
    const { data, own } = await openData(labelled, ...paths);
    await keepApart([{ path: out, what: "the page" }], [
      ...file.map((path) => ({ path, what: "the text" })),
      ...pluginReads(plugin),
      ...(await Promise.all(paths.map(modelReads))).flat(),
      ...dataReads(data),
      ...own ? await textReads(labelled) : [],
    ]);
    const html = await makeReport({
      articles: article,
      files: file,
      encoding: encoding ?? "utf-8",
      plugins: plugin,
      data,
      models: paths,
      ...defined({ own }),
    });
    await writeFileAtomically(out, html);
    console.log(out);
    console.error(`${(html.length / 1e6).toFixed(1)} MB; open it in a browser`);
  });
}
