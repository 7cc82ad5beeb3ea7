import { writeFileAtomically } from "../../../files.ts";
import { sha256 } from "../../digest.ts";
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
  /** Where word vectors are trained: they, the sums of their squared gradients, and the best epoch's. */
  readonly vectors?: readonly Float32Array[];
}

const SETS = 4;
const FORMAT = "heatword-checkpoint";

/** The arrays of a set, in the order in which a checkpoint holds them, and their lengths. */
function layOut(shape: NetworkShape): [name: keyof NetworkWeights, length: number][] {
  return Object.entries(weightShapes(shape)).map(([name, sizes]) => [
    name as keyof NetworkWeights,
    sizes.reduce((product, size) => product * size, 1),
  ]);
}

/**
 * Writes a checkpoint: a line of JSON, then raw float32.
 *
 * @param path The file; it is the old one or the whole new one at any time.
 */
export async function writeCheckpoint(
  path: string,
  checkpoint: Checkpoint,
  shape: NetworkShape,
): Promise<void> {
  const { run, history, sets, vectors = [] } = checkpoint;
  const layout = layOut(shape);
  const ofSet = layout.reduce((sum, [, length]) => sum + length, 0);
  const ofVectors = vectors.reduce((sum, { length }) => sum + length, 0);
  const numbers = new Float32Array(sets.length * ofSet + ofVectors);
  let at = 0;
  for (const set of sets) {
    for (const [name, length] of layout) {
      numbers.set(set[name], at);
      at += length;
    }
  }
  for (const values of vectors) {
    numbers.set(values, at);
    at += values.length;
  }
  const content = new Uint8Array(numbers.buffer);
  const header = { format: FORMAT, version: 1, run, history, sha256: await sha256(content) };
  const line = new TextEncoder().encode(JSON.stringify(header) + "\n");
  const file = new Uint8Array(line.length + content.length);
  file.set(line);
  file.set(content, line.length);
  await writeFileAtomically(path, file);
}

/**
 * Reads a checkpoint.
 *
 * @param vectors The lengths of the arrays of word vectors that it has.
 * @returns The checkpoint; nothing when there is none, or it is of another run.
 * @throws {SyntaxError} If it is damaged.
 */
export async function readCheckpoint(
  path: string,
  run: string,
  shape: NetworkShape,
  vectors: readonly number[] = [],
): Promise<Checkpoint | undefined> {
  let file: Uint8Array;
  try {
    file = await Deno.readFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
  const refuse = () =>
    new SyntaxError(`Cannot go on from checkpoint "${path}": it is damaged, remove it`);
  const end = file.indexOf(10);
  let header: Record<string, unknown>;
  try {
    header = JSON.parse(new TextDecoder().decode(file.subarray(0, Math.max(0, end))));
  } catch {
    throw refuse();
  }
  const content = file.slice(end + 1);
  if (header?.format !== FORMAT || header.sha256 !== await sha256(content)) throw refuse();
  if (header.run !== run) return undefined;
  const numbers = new Float32Array(content.buffer);
  let at = 0;
  const layout = layOut(shape);
  const sets = Array.from({ length: SETS }, () => {
    const entries = layout.map(([name, length]) => [name, numbers.slice(at, at += length)]);
    return Object.fromEntries(entries) as unknown as NetworkWeights;
  });
  const learned = vectors.map((length) => numbers.slice(at, at += length));
  if (at !== numbers.length) throw refuse();
  return {
    run,
    history: header.history as EpochReport[],
    sets,
    ...(vectors.length > 0 && { vectors: learned }),
  };
}
