import { plainVectors, saveWordCnn, Vocabulary, WordCnn } from "@heatword/core/word-cnn";

const words = "shuttle orbit moon launch ride bike engine road doctor patient cure space".split(
  " ",
);

/** Runs `act` with a new folder that holds a small model in `model`. */
export async function withSmallModel(act: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "heatword-reliability-" });
  const numbers = (count: number) =>
    Float32Array.from({ length: count }, (_, i) => Math.sin(i + 1));
  const model = new WordCnn({
    classes: ["rec.motorcycles", "sci.med", "sci.space"],
    vocabulary: new Vocabulary(words),
    vectors: plainVectors(numbers(words.length * 6), 6),
    convolutionWeights: numbers(2 * 6 * 12),
    convolutionBias: numbers(12),
    denseWeights: numbers(12 * 3),
    denseBias: numbers(3),
  });
  try {
    await saveWordCnn(`${folder}/model`, model);
    await act(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** The command that explains, with some arguments. */
export function explain(args: readonly string[], options: Deno.CommandOptions = {}): Deno.Command {
  const script = decodeURIComponent(new URL("../../apps/explain.ts", import.meta.url).pathname);
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-check", "--no-prompt", "-A", script, ...args],
    stdin: "null",
    stdout: "null",
    stderr: "null",
    ...options,
  });
}

/** A whole number that was given as an argument. */
export function countOf(argument: string | undefined, otherwise: number): number {
  const count = argument === undefined ? otherwise : Number(argument);
  if (Number.isInteger(count) && count > 0) return count;
  throw new TypeError(`Give a whole number, not "${argument}"`);
}
