import { findReadableData } from "@heatword/datasets";
import {
  findPunktParameters,
  PUNKT_TAB_FILES,
  PunktTrainer,
  sentTokenize,
  TreebankWordTokenizer,
  writePunktTab,
} from "@heatword/datasets/nltk";
import { needsOfData, needsOfFiles, requirePermissions } from "./cli/permissions.ts";
import { tokenizeProgram } from "./cli/programs/tokenize.ts";
import { showProgress } from "./cli/progress.ts";
import { runProgram } from "./cli/run_program.ts";
import { UsageError } from "./cli/usage_error.ts";
import { keepApart, type PathUse } from "./cli/keep_apart.ts";
import { listFiles, readText, type TextOptions } from "./_tokenize_input.ts";
import { LineWriter } from "./_tokenize_output.ts";

async function tokenize(files: AsyncIterable<string>, options: TextOptions, data?: string) {
  const parameters = await findPunktParameters(data);
  const treebank = new TreebankWordTokenizer();
  const output = new LineWriter(Deno.stdout);
  const onProgress = showProgress();
  let done = 0;
  try {
    for await (const file of files) {
      const sentences = sentTokenize(await readText(file, options), parameters);
      const tokens = sentences.flatMap((sentence) => treebank.tokenize(sentence));
      await output.write(JSON.stringify({ file, sentences, tokens }));
      onProgress({ task: "Tokenizing", done: ++done, unit: "files" });
    }
  } finally {
    await output.flush();
  }
}

async function train(files: AsyncIterable<string>, options: TextOptions, outDir: string) {
  const onProgress = showProgress();
  const texts: string[] = [];
  const reads: PathUse[] = [];
  for await (const file of files) {
    if (file !== "-") reads.push({ path: file, what: "the text" });
    texts.push(await readText(file, options));
    onProgress({ task: "Reading", done: texts.length, unit: "files" });
  }
  await keepApart(
    Object.values(PUNKT_TAB_FILES).map((name) => ({
      path: `${outDir}/${name}`,
      what: "the parameters",
    })),
    reads,
  );
  console.error(`Learning from ${texts.length} files`);
  const parameters = new PunktTrainer(texts.join("\n\n")).getParams();
  await writePunktTab(outDir, parameters);
  const { abbrevTypes, sentStarters, orthoContext } = parameters;
  console.error(
    `Learned ${abbrevTypes.size} abbreviations, ${sentStarters.size} sentence starters and ` +
      `${orthoContext.size} orthographic contexts`,
  );
}

if (import.meta.main) {
  await runProgram(tokenizeProgram, async (args) => {
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
    const files = listFiles(names, list);
    if (outDir === undefined) await tokenize(files, options, findReadableData(data));
    else await train(files, options, outDir);
  });
}
