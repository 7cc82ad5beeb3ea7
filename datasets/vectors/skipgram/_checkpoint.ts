import { chunksOf, writeFileAtomically } from "@heatword/core/files";
import { createHash } from "node:crypto";
import type { Place, SkipgramTrainer } from "./_trainer.ts";

const FORMAT = "heatword-skipgram";
const DIGEST_BYTES = 32;
/** The longest first line there can be. */
const MAX_HEADER = 1000;
const PIECE = 2 ** 20;

/** A line of JSON, the rows as raw float32, and the SHA-256 of both. */
function* pieces(trainer: SkipgramTrainer, run: string, place: Place) {
  const hash = createHash("sha256");
  const header = JSON.stringify({ format: FORMAT, version: 1, run, ...place });
  const line = new TextEncoder().encode(`${header}\n`);
  hash.update(line);
  yield line;
  const { table } = trainer;
  for (let at = 0; at < table.length; at += PIECE) {
    // A copy, for memory that threads share can be neither hashed nor written.
    const piece = table.slice(at, at + PIECE);
    hash.update(piece);
    yield piece;
  }
  yield new Uint8Array(hash.digest());
}

/**
 * Writes all that a training needs to resume.
 *
 * @param path The file; it is the old one or the whole new one at any time.
 * @param trainer The training, which must not go on meanwhile.
 * @param run What tells this training from others.
 * @param place How far it is.
 */
export async function writeCheckpoint(
  path: string,
  trainer: SkipgramTrainer,
  run: string,
  place: Place,
): Promise<void> {
  await writeFileAtomically(path, ReadableStream.from(pieces(trainer, run, place)));
}

function readHeader(bytes: Uint8Array): Record<string, unknown> | undefined {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

const isCount = (value: unknown): value is number => Number.isInteger(value) && Number(value) >= 0;

/**
 * Puts the rows of a checkpoint into the memory of a training.
 *
 * @param path The file.
 * @param trainer The training; if the checkpoint is damaged, its rows are undefined.
 * @param run What tells this training from others.
 * @returns How far the training is; nothing if there is no checkpoint of it.
 * @throws {SyntaxError} If the checkpoint is damaged.
 */
export async function readCheckpoint(
  path: string,
  trainer: SkipgramTrainer,
  run: string,
): Promise<Place | undefined> {
  const damaged = () =>
    new SyntaxError(`Cannot go on from checkpoint "${path}": it is damaged, remove it`);
  const { table } = trainer;
  const hash = createHash("sha256");
  const digest = new Uint8Array(DIGEST_BYTES);
  let header: Record<string, unknown> | undefined;
  let at = 0;
  try {
    for await (const chunk of chunksOf(path)) {
      let rest = chunk;
      if (!header) {
        const end = rest.subarray(0, MAX_HEADER).indexOf(10);
        header = readHeader(rest.subarray(0, Math.max(0, end)));
        if (header?.format !== FORMAT) throw damaged();
        if (header.run !== run) return undefined;
        hash.update(rest.subarray(0, end + 1));
        rest = rest.subarray(end + 1);
      }
      const rows = rest.subarray(0, Math.max(0, table.length - at));
      hash.update(rows);
      table.set(rows, Math.min(at, table.length));
      const last = rest.subarray(rows.length);
      const from = at + rows.length - table.length;
      if (last.length > 0 && from + last.length > DIGEST_BYTES) throw damaged();
      if (last.length > 0) digest.set(last, from);
      at += rest.length;
    }
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
  const found = new Uint8Array(hash.digest());
  const whole = at === table.length + DIGEST_BYTES && found.every((byte, i) => byte === digest[i]);
  const { epoch, round } = header ?? {};
  if (!whole || !isCount(epoch) || !isCount(round)) throw damaged();
  return { epoch, round };
}
