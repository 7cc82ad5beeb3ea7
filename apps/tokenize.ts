import { findReadableData } from "@heatword/datasets";
import {
  findPunktParameters,
  PUNKT_TAB_FILES,
  PunktTrainer,
  sentTokenize,
  TreebankWordTokenizer,
  writePunktTab,
} from "@heatword/datasets/nltk";
import { readCommandLine, runMain, UsageError } from "./cli/cli.ts";
import { needsOfData, needsOfFiles, requirePermissions } from "./cli/permissions.ts";
import { showProgress } from "./cli/progress.ts";
import { encodingOption } from "./cli/encoding.ts";
import { keepApart, type PathUse } from "./cli/keep_apart.ts";
import { listFiles, readText, type TextOptions } from "./_tokenize_input.ts";
import { LineWriter } from "./_tokenize_output.ts";

const HELP = `
Split texts into sentences and words exactly as NLTK 3.1 does.

Usage: deno task tokenize [options] FILE...
       deno task tokenize [options] --train-punkt OUTDIR FILE...

Writes one line of JSON a file to standard output: {"file", "sentences", "tokens"}.
FILE may be "-" for standard input.

Options:
  --list FILE           Also read the files named in FILE, one a line ("-": standard input)
  --strip-header        Leave out all up to and including the first blank line
  --encoding NAME       latin1 (ISO-8859-1, the default), utf-8, windows-1252, …; a byte order mark
                        is a part of the text, as in Python
  --data DIR            Data folder (default: $HEATWORD_DATA, else ./data); its punkt/english
                        is used where it exists, else the built-in parameters
  --train-punkt OUTDIR  Do not tokenize, but learn Punkt's parameters from the files, joined by
                        blank lines, and write them to OUTDIR in the layout of punkt_tab
  -h, --help            Print this help
`;

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
  await runMain(async () => {
    const args = readCommandLine(Deno.args, {
      help: HELP,
      string: ["list", "encoding", "data", "train-punkt"],
      boolean: ["strip-header"],
    });
    const names = args._.map(String);
    if (names.length === 0 && args.list === undefined) {
      throw new UsageError("Cannot tokenize nothing: name files, - or a --list; see --help");
    }
    const options = { encoding: encodingOption(args, "latin1"), stripHeader: args["strip-header"] };
    const outDir = args["train-punkt"];
    requirePermissions([
      ...needsOfFiles("read", { "Tokenizing": names, "Option --list": args.list }),
      ...(args.list === undefined ? [] : [{ by: "Option --list", to: "read" } as const]),
      ...needsOfData(args.data),
      ...needsOfFiles("write", { "Option --train-punkt": outDir }),
    ]);
    const files = listFiles(names, args.list);
    if (outDir === undefined) await tokenize(files, options, findReadableData(args.data));
    else await train(files, options, outDir);
  });
}
