/** Files as gzip compresses them, each compressed once: for files that stay what they are. */
export class PackedFiles {
  readonly #packed = new Map<string, Promise<Uint8Array<ArrayBuffer>>>();

  /**
   * A file, compressed.
   *
   * @param path The file.
   */
  get(path: string): Promise<Uint8Array<ArrayBuffer>> {
    const known = this.#packed.get(path);
    if (known) return known;
    const packed = pack(path);
    this.#packed.set(path, packed);
    // What could not be read may be there the next time.
    packed.catch(() => this.#packed.delete(path));
    return packed;
  }
}

async function pack(path: string): Promise<Uint8Array<ArrayBuffer>> {
  const file = await Deno.open(path);
  return await new Response(file.readable.pipeThrough(new CompressionStream("gzip"))).bytes();
}
