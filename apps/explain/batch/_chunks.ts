/** The bytes of a file, in chunks of 64 KiB. */
export async function* chunksOf(path: string): AsyncGenerator<Uint8Array> {
  using file = await Deno.open(path);
  const buffer = new Uint8Array(1 << 16);
  for (let count = await file.read(buffer); count !== null; count = await file.read(buffer)) {
    yield buffer.slice(0, count);
  }
}
