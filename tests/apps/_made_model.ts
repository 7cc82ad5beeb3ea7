import { type Document, Random } from "@heatword/core";
import { plainVectors, saveWordCnn, Vocabulary, WordCnn } from "@heatword/core/word-cnn";
import { inFolder } from "../_in_folder.ts";

/** Words that the made model knows. */
export const knownWords =
  "shuttle orbit moon launch ride bike engine road doctor patient disease cure space a and the"
    .split(" ");

/** Classes of the made model. */
export const madeClasses = ["rec.motorcycles", "sci.med", "sci.space"];

/** A small model with random weights, in float32 so that it can be saved. */
export function madeModel(seed = 7, classes: readonly string[] = madeClasses): WordCnn {
  const random = new Random(seed);
  const dimensions = 6;
  const filters = 12;
  const draw = (count: number, scale: number) =>
    Float32Array.from({ length: count }, () => random.normal() * scale);
  return new WordCnn({
    classes,
    vocabulary: new Vocabulary(knownWords),
    vectors: plainVectors(draw(knownWords.length * dimensions, 1), dimensions),
    convolutionWeights: draw(2 * dimensions * filters, 0.5),
    convolutionBias: draw(filters, 0.1),
    denseWeights: draw(filters * classes.length, 0.5),
    denseBias: draw(classes.length, 0.1),
  });
}

/** Saves the made model in a new folder, which the caller removes. */
export async function madeModelFolder(classes?: readonly string[]): Promise<string> {
  const folder = await Deno.makeTempDir({ prefix: "heatword-model-" });
  await saveWordCnn(folder, madeModel(7, classes));
  return folder;
}

/** Runs something with an empty folder and the folder of the made model. */
export function withMadeModel(
  act: (folder: string, model: string) => Promise<void>,
): Promise<void> {
  return inFolder(async (folder) => {
    await saveWordCnn(`${folder}/model`, madeModel());
    await Deno.mkdir(`${folder}/work`);
    await act(`${folder}/work`, `${folder}/model`);
  });
}

/** Splits a text at everything that is not a letter; keeps the first `max` words. */
export function madeDocument(text: string, max = 400): Document {
  const all = [...text.matchAll(/[A-Za-z']+/g)].map(({ 0: word, index }) => ({
    text: word,
    start: index,
    end: index + word.length,
  }));
  return { text, tokens: all.slice(0, max), truncated: Math.max(0, all.length - max) };
}
