/** Word vectors that are made of the texts to train on. */
export const trainedVectors = ["skipgram", "ppmi"] as const;

/** The name of a way to make word vectors. */
export type TrainedVectors = typeof trainedVectors[number];

/** Which word vectors are asked for: several are joined. */
export interface VectorSpec {
  /** Those that are made of the texts. */
  readonly trained: readonly TrainedVectors[];
  /** `googlenews` or a file of vectors, if there is one. */
  readonly file?: string;
}

const isTrained = (name: string): name is TrainedVectors =>
  (trainedVectors as readonly string[]).includes(name);

/**
 * Reads what `--vectors` names: `skipgram`, `ppmi`, a file, or several of them with `+` between, the
 * file last. A file whose name holds `+` is still one file.
 *
 * @param spec What was given.
 * @returns The parts.
 * @throws {RangeError} If something is there twice, or nothing stands before or after a `+`.
 *
 * @example
 * ```ts
 * import { readVectorSpec } from "@heatword/datasets/vectors";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(readVectorSpec("skipgram+ppmi"), { trained: ["skipgram", "ppmi"] });
 * assertEquals(readVectorSpec("ppmi+./a+b.txt"), { trained: ["ppmi"], file: "./a+b.txt" });
 * assertEquals(readVectorSpec("./ppmi+c.txt"), { trained: [], file: "./ppmi+c.txt" });
 * ```
 */
export function readVectorSpec(spec: string): VectorSpec {
  const names = spec.split("+");
  const trained: TrainedVectors[] = [];
  while (names.length > 0 && isTrained(names[0]!)) {
    const name = names.shift() as TrainedVectors;
    if (trained.includes(name)) {
      throw new RangeError(`Cannot join the word vectors "${spec}": "${name}" is there twice`);
    }
    trained.push(name);
  }
  const file = names.length > 0 ? names.join("+") : undefined;
  if (file === undefined) return { trained };
  if (file === "") {
    throw new RangeError(
      `Cannot get the word vectors "${spec}": give "skipgram", "ppmi", a file, or several with + ` +
        "between, the file last",
    );
  }
  return { trained, file };
}
