import { switchFlag, textFlag } from "../flag_kinds.ts";
import { defineProgram } from "../program.ts";
import { exampleFlag, pluginFlag } from "../shared_flags.ts";

/** `deno task import` */
export const importProgram = defineProgram({
  name: "import",
  // A program for pictures is called so, too.
  command: "import-model",
  about: "Looks at a TensorFlow.js model of somebody else, and writes down how it reads texts.",
  usage: ["deno task import [options] DIR"],
  details: `
DIR holds model.json with its weights and, beside it, a vocabulary in any usual shape and under any
usual name: vocabulary.json, word_index.json, tokenizer.json of Keras, dictionary.json, ...; classes
likewise. Says what was found, writes text.json (docs/text.md), and shows a text, or words of the
vocabulary, with its rows of the Embedding. What the files do not say is guessed: compare the rows
with those of the author's program.
`,
  positionals: 1,
  completePositional: "folder",
  flags: [
    exampleFlag,
    textFlag("tokenizer", {
      value: "NAME",
      help: "The tokenizer that the model was trained with",
    }),
    textFlag("vocabulary", {
      value: "FILE",
      help: "Which file in DIR holds the words, where there are several",
    }),
    textFlag("classes", {
      value: "FILE",
      help: "Which file in DIR names the classes, where there are several",
    }),
    switchFlag("force", "Write text.json anew where there is one"),
    pluginFlag,
  ],
});
