#!/usr/bin/env -S deno run -q -P=atlas
import { modelHelp } from "./cli/model_help.ts";
import { type CommandLine, readCommandLine, runMain } from "./cli/cli.ts";
import { requirePermissions } from "./cli/permissions.ts";

const commandLine: CommandLine = {
  help: `
Shows what a model looks at over a whole corpus: for every class the words with the most relevance
for and against it, with sentences; for every filter the word pairs that it wins on.

Usage: deno task atlas [options]

Writes index.html, words.csv, filters.csv and ngrams.csv into a folder.

Options:
  --out DIR          The folder; out/atlas if not given
  --corpus NAME      test, train, all, or miniature; test if not given
  --explainer NAME   What gives the relevances; lrp if not given
  --words K          How many words for, and against, each class; 30 if not given
  --min-documents K  In how many documents a word must stand to be listed; 5 if not given
  --examples K       How many sentences a word; 3 if not given
  --ngrams K         How many n-grams a filter; 10 if not given
  --model DIR        ${modelHelp}
  --data DIR         The data folder; $HEATWORD_DATA, else ./data
  --plugin FILE      A file that registers more explainers; may be repeated
  -h, --help         Print this help, and end

Examples:
  deno task atlas
  deno task atlas --corpus miniature --min-documents 2 --out out/miniature
`,
  string: [
    "out",
    "corpus",
    "explainer",
    "words",
    "min-documents",
    "examples",
    "ngrams",
    "model",
    "data",
  ],
  collect: ["plugin"],
  positionals: 0,
};

if (import.meta.main) {
  await runMain(async () => {
    const args = readCommandLine(Deno.args, commandLine);
    requirePermissions([{ by: "An atlas", to: "read" }, { by: "An atlas", to: "write" }]);
    const { readAtlasSettings, writeAtlas } = await import("./_atlas.ts");
    for (const file of await writeAtlas(readAtlasSettings(args))) console.log(file);
  });
}
