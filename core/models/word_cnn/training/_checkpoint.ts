import { readTrainingCheckpoint, writeTrainingCheckpoint } from "../../training_checkpoint.ts";
import { type NetworkShape, type NetworkWeights, weightShapes } from "../parameters.ts";
import type { EpochReport } from "./epoch_report.ts";

/** What a run needs to resume after an epoch. */
export interface Checkpoint {
  /** Which run it is: a digest of all that shapes it. */
  readonly run: string;
  /** The epochs that are done. */
  readonly history: readonly EpochReport[];
  /** Weights, velocities, averages, and the weights of the best epoch. */
  readonly sets: readonly NetworkWeights[];
  /**
   * Where word vectors are trained: they, the sums of their squared gradients, and the best epoch's;
   * where word dropout follows relevance, that of the words.
   */
  readonly ofWords?: readonly Float32Array[];
}

const SETS = 4;

/** The arrays of a set, in the order in which a checkpoint holds them, and their lengths. */
function layOut(shape: NetworkShape): [name: keyof NetworkWeights, length: number][] {
  return Object.entries(weightShapes(shape)).map(([name, sizes]) => [
    name as keyof NetworkWeights,
    sizes.reduce((product, size) => product * size, 1),
  ]);
}

const lengthOf = (shape: NetworkShape) =>
  layOut(shape).reduce((sum, [, length]) => sum + length, 0);

/**
 * Writes a checkpoint.
 *
 * @param path The file; it is the old one or the whole new one at any time.
 */
export async function writeCheckpoint(
  path: string,
  { run, history, sets, ofWords = [] }: Checkpoint,
  shape: NetworkShape,
): Promise<void> {
  const joined = sets.map((set) => {
    const numbers = new Float32Array(lengthOf(shape));
    let at = 0;
    for (const [name, length] of layOut(shape)) {
      numbers.set(set[name], at);
      at += length;
    }
    return numbers;
  });
  await writeTrainingCheckpoint(path, { run, history, sets: [...joined, ...ofWords] });
}

/**
 * Reads a checkpoint.
 *
 * @param ofWords The lengths of the arrays of what belongs to words that it has.
 * @returns The checkpoint; nothing when there is none, or it is of another run.
 * @throws {SyntaxError} If it is damaged.
 */
export async function readCheckpoint(
  path: string,
  run: string,
  shape: NetworkShape,
  ofWords: readonly number[] = [],
): Promise<Checkpoint | undefined> {
  const ofSets = Array.from({ length: SETS }, () => lengthOf(shape));
  const found = await readTrainingCheckpoint<EpochReport>(path, run, [...ofSets, ...ofWords]);
  if (!found) return undefined;
  const sets = found.sets.slice(0, SETS).map((numbers) => {
    let at = 0;
    const entries = layOut(shape).map(([name, length]) => [name, numbers.slice(at, at += length)]);
    return Object.fromEntries(entries) as unknown as NetworkWeights;
  });
  const { history } = found;
  return { run, history, sets, ...(ofWords.length > 0 && { ofWords: found.sets.slice(SETS) }) };
}
