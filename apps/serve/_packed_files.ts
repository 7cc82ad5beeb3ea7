import { Recent } from "@heatword/core/recent";

/** What is kept takes at most so many bytes. */
const MEMORY = 2 ** 28;
/**
 * The largest file that is compressed whole, in bytes. Nothing is sent until that is done, and a page
 * gives up where nothing comes for half a minute; larger ones are sent while they are compressed.
 */
const LARGEST = 2 ** 25;

/** Whether a file is compressed whole, and kept like that. */
export const isWorthKeeping = (size: number): boolean => size <= LARGEST;

/** Files as gzip compresses them, each version of a file once. */
export class PackedFiles {
  readonly #kept = new Recent<Uint8Array<ArrayBuffer>>(MEMORY, (_, { length }) => length);
  readonly #packing = new Map<string, Promise<Uint8Array<ArrayBuffer>>>();

  /**
   * A file, compressed.
   *
   * @param path The file.
   * @param version What tells this version of it from others.
   */
  get(path: string, version: string): Promise<Uint8Array<ArrayBuffer>> {
    const key = `${version} ${path}`;
    const kept = this.#kept.get(key);
    if (kept) return Promise.resolve(kept);
    const begun = this.#packing.get(key);
    if (begun) return begun;
    const packing = this.#pack(path, key);
    this.#packing.set(key, packing);
    return packing;
  }

  async #pack(path: string, key: string): Promise<Uint8Array<ArrayBuffer>> {
    try {
      const file = await Deno.open(path);
      const packed = file.readable.pipeThrough(new CompressionStream("gzip"));
      const bytes = await new Response(packed).bytes();
      this.#kept.set(key, bytes);
      return bytes;
    } finally {
      // What could not be read may be there the next time.
      this.#packing.delete(key);
    }
  }
}
