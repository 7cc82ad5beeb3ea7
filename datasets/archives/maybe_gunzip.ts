import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";

const CHUNK = 2 ** 18;

/**
 * Unpacks a stream of bytes if it is gzipped, and passes it on as it is if not; told by its first two
 * bytes, not by a name. Memory stays small however long the stream is.
 *
 * @param source The bytes.
 * @returns The bytes unpacked.
 * @throws {SyntaxError} While reading, if the gzipped data is damaged or cut short.
 *
 * @example
 * ```ts
 * import { maybeGunzip } from "@heatword/datasets/archives";
 * import { assertEquals } from "@std/assert";
 *
 * const bytes = await Array.fromAsync(maybeGunzip([new Uint8Array([1, 2, 3])]));
 * assertEquals(bytes, [new Uint8Array([1, 2, 3])]);
 * ```
 */
export async function* maybeGunzip(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const chunks = Symbol.asyncIterator in source
    ? source[Symbol.asyncIterator]()
    : source[Symbol.iterator]();
  let head = new Uint8Array(0);
  let ended = false;
  while (head.length < 2 && !ended) {
    const { value, done } = await chunks.next();
    if (done) ended = true;
    else head = concat(head, value);
  }
  async function* whole() {
    try {
      yield head;
      if (ended) return;
      for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value;
    } finally {
      await chunks.return?.();
    }
  }
  if (head[0] !== 0x1f || head[1] !== 0x8b) return yield* whole();
  const unpacked = pipeline(
    Readable.from(whole(), { objectMode: false, highWaterMark: CHUNK }),
    createGunzip({ chunkSize: CHUNK }),
    () => {},
  );
  try {
    yield* unpacked as AsyncIterable<Uint8Array>;
  } catch (error) {
    if (!String((error as { code?: unknown }).code).startsWith("Z_")) throw error;
    throw new SyntaxError(
      `The gzipped data is damaged or cut short: ${(error as Error).message}`,
    );
  }
}

function concat(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
