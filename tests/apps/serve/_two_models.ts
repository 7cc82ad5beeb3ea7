import { saveWordCnn } from "@heatword/core/word-cnn";
import { drawWeights, savedFiles, tf, vocabulary } from "../../core/models/tfjs/_saved.ts";
import { madeModel } from "../_made_model.ts";

/** The classes of the second of {@linkcode twoModels}. */
export const otherClasses = ["bikes", "health"];

/** Saves two models that have other weights and other classes, and gives their folders. */
export async function twoModels(folder: string): Promise<{ june: string; may: string }> {
  const [june, may] = [`${folder}/june`, `${folder}/may`];
  await saveWordCnn(june, madeModel());
  await saveWordCnn(may, madeModel(11, otherClasses));
  return { june, may };
}

/** Saves a model that reads characters in a new folder within one, and gives its folder. */
export async function charactersModel(folder: string): Promise<string> {
  const path = `${folder}/letters`;
  await Deno.mkdir(path);
  const inputDim = Object.keys(vocabulary).length;
  const layers = [
    tf.layers.embedding({ inputDim, outputDim: 2, inputShape: [null] }),
    tf.layers.globalMaxPooling1d({}),
    tf.layers.dense({ units: 2 }),
  ];
  const files = await savedFiles(drawWeights(tf.sequential({ layers }), 3), {
    "vocabulary.json": vocabulary,
    "classes.json": ["a", "b"],
    "text.json": { tokenizer: "characters" },
  });
  for (const [name, content] of files) await Deno.writeFile(`${path}/${name}`, content);
  return path;
}

/**
 * Writes a model that reads words in pieces of three letters, numbers, too: "moo" counts 2 for space, "n" 1, and "196" 1 against it.
 * A text with "bad" it cannot score.
 *
 * @param folder Where.
 * @returns The file.
 */
export async function piecesModel(folder: string): Promise<string> {
  const path = `${folder}/pieces.ts`;
  await Deno.writeTextFile(
    path,
    `import { defineModel } from "@heatword/core";

const weights = new Map([["moo", 2], ["n", 1], ["196", -1]]);

export default defineModel({
  classes: ["space", "other"],
  read: (text) => ({
    text,
    tokens: [...text.matchAll(/[\\p{L}\\p{N}]{1,3}/gu)].map(({ 0: found, index }) => ({
      text: found,
      start: index,
      end: index + found.length,
    })),
  }),
  encode: ({ tokens }) => ({ length: tokens.length, said: tokens.map(({ text }) => text) }),
  withoutWords: (input, positions) => {
    const gone = new Set(positions);
    return { ...input, said: input.said.map((piece, t) => gone.has(t) ? "" : piece) };
  },
  score: ({ said }) => {
    if (said.includes("bad")) throw new Error("This is bad");
    return Float64Array.of(said.reduce((sum, piece) => sum + (weights.get(piece) ?? 0), 0), 0.5);
  },
});
`,
  );
  return path;
}
