import { readCommandLine, runMain, UsageError } from "./cli/cli.ts";
import { requirePermissions } from "./cli/permissions.ts";
import { importModel } from "./import/_run.ts";

const HELP = `
Look at a TensorFlow.js model of somebody else, and write down how it reads texts.

Usage: deno task import [options] DIR

DIR holds model.json with its weights and, beside it, a vocabulary in any usual shape and under any
usual name: vocabulary.json, word_index.json, tokenizer.json of Keras, dictionary.json, ...; classes
likewise. Says what was found, writes text.json (docs/text.md), and shows a text with its rows of the
Embedding. What the files do not say is guessed: compare the rows with those of the author's program.

Options:
  --text TEXT        The text to show  [words of the vocabulary]
  --tokenizer NAME   The tokenizer that the model was trained with
  --vocabulary FILE  Which file in DIR holds the words, where there are several
  --classes FILE     Which file in DIR names the classes, where there are several
  --force            Write text.json anew where there is one
  --plugin FILE      Load a tokenizer of your own; may be given more than once
  -h, --help         Print this help
`;

if (import.meta.main) {
  await runMain(async () => {
    const args = readCommandLine(Deno.args, {
      help: HELP,
      string: ["text", "tokenizer", "vocabulary", "classes"],
      collect: ["plugin"],
      boolean: ["force"],
      positionals: 1,
    });
    const [folder] = args._.map(String);
    if (folder === undefined) throw new UsageError("Name the folder of a model; see --help");
    requirePermissions([
      { by: "Importing", to: "read" },
      { by: "Importing", to: "write" },
    ]);
    await importModel({
      folder,
      force: args.force,
      plugins: args.plugin,
      ...(args.text !== undefined && { text: args.text }),
      given: Object.fromEntries(
        ["tokenizer", "vocabulary", "classes"].map((name) => [name, args[name]])
          .filter(([, value]) => value !== undefined),
      ),
    });
  });
}
