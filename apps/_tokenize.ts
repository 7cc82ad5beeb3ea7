import {
  findPunktParameters,
  PUNKT_TAB_FILES,
  PunktTrainer,
  sentTokenize,
  TreebankWordTokenizer,
  writePunktTab,
} from "@heatword/datasets/nltk";
import { keepApart, type PathUse } from "./cli/keep_apart.ts";
import { showProgress } from "./cli/progress.ts";
import { readText, type TextOptions } from "./_tokenize_input.ts";
import { LineWriter } from "./_tokenize_output.ts";

/** Writes the sentences and words of files to standard output. */
export async function tokenize(files: AsyncIterable<string>, options: TextOptions, data?: string) {
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

/** Learns the parameters of Punkt from files, and writes them. */
export async function train(files: AsyncIterable<string>, options: TextOptions, outDir: string) {
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
