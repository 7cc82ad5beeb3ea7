import { writeFileAtomically } from "../../../files.ts";
import { sha256 } from "../format/_header.ts";
import { type NetworkShape, type NetworkWeights, weightShapes } from "../parameters.ts";
import type { EpochReport } from "./train.ts";

/** What a run needs to go on behind an epoch. */
export interface Checkpoint {
  /** Which run it is: a digest of all that shapes it. */
  readonly run: string;
  /** The epochs that are done. */
  readonly history: readonly EpochReport[];
  /** Weights, velocities, averages, and the weights of the best epoch. */
  readonly sets: readonly NetworkWeights[];
}

const SETS = 4;
const FORMAT = "heatword-checkpoint";

/**
 * Writes a checkpoint: a line of JSON, then raw float32.
 *
 * @param path The file; it is the old one or the whole new one at any time.
 */
export async function writeCheckpoint(path: string, checkpoint: Checkpoint): Promise<void> {
  const { run, history, sets } = checkpoint;
  const arrays = sets.flatMap((set) => Object.values<Float32Array | Float64Array>({ ...set }));
  const numbers = new Float32Array(arrays.reduce((sum, array) => sum + array.length, 0));
  let at = 0;
  for (const array of arrays) {
    numbers.set(array, at);
    at += array.length;
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
 * @returns The checkpoint; nothing when there is none, or it is of another run.
 * @throws {SyntaxError} If it is damaged.
 */
export async function readCheckpoint(
  path: string,
  run: string,
  shape: NetworkShape,
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
  const sets = Array.from({ length: SETS }, () => {
    const entries = Object.entries(weightShapes(shape)).map(([name, sizes]) => {
      const length = sizes.reduce((product, size) => product * size, 1);
      return [name, numbers.slice(at, at += length)] as const;
    });
    return Object.fromEntries(entries) as unknown as NetworkWeights;
  });
  if (at !== numbers.length) throw refuse();
  return { run, history: header.history as EpochReport[], sets };
}
