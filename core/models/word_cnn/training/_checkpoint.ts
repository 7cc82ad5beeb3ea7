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
  { run, history, sets }: Checkpoint,
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
  await writeTrainingCheckpoint(path, { run, history, sets: joined });
}

/**
 * Reads a checkpoint.
 *
 * @returns The checkpoint; nothing when there is none, or it is of another run.
 * @throws {SyntaxError} If it is damaged.
 */
export async function readCheckpoint(
  path: string,
  run: string,
  shape: NetworkShape,
): Promise<Checkpoint | undefined> {
  const found = await readTrainingCheckpoint<EpochReport>(path, run, SETS, lengthOf(shape));
  if (!found) return undefined;
  const sets = found.sets.map((numbers) => {
    let at = 0;
    const entries = layOut(shape).map(([name, length]) => [name, numbers.slice(at, at += length)]);
    return Object.fromEntries(entries) as unknown as NetworkWeights;
  });
  return { run, history: found.history, sets };
}
