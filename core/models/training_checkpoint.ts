import { writeFileAtomically } from "../files.ts";
import { sha256 } from "./digest.ts";

/** What a run needs to resume after an epoch. */
export interface TrainingCheckpoint<R> {
  /** Which run it is: a digest of all that shapes it. */
  readonly run: string;
  /** The epochs that are done. */
  readonly history: readonly R[];
  /** Sets of numbers: weights and what belongs to them. */
  readonly sets: readonly Float32Array[];
}

const FORMAT = "heatword-checkpoint";

/**
 * Writes a checkpoint: a line of JSON, then raw float32.
 *
 * @param path The file; it is the old one or the whole new one at any time.
 * @param checkpoint What is to be kept.
 */
export async function writeTrainingCheckpoint<R>(
  path: string,
  { run, history, sets }: TrainingCheckpoint<R>,
): Promise<void> {
  const numbers = new Float32Array(sets.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const set of sets) {
    numbers.set(set, at);
    at += set.length;
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
 * @param path The file.
 * @param run Which run it is to be of.
 * @param lengths How many numbers each of its sets holds.
 * @returns The checkpoint; nothing when there is none, or it is of another run.
 * @throws {SyntaxError} If it is damaged.
 */
export async function readTrainingCheckpoint<R>(
  path: string,
  run: string,
  lengths: readonly number[],
): Promise<TrainingCheckpoint<R> | undefined> {
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
  const sets = lengths.map((length) => numbers.slice(at, at += length));
  if (at !== numbers.length) throw refuse();
  return { run, history: header.history as R[], sets };
}
