import type { ByteReader } from "./_byte_reader.ts";
import type { VectorSink } from "./_vector_sink.ts";

/** Longer words are a sign of a wrong dimension or a damaged file. */
const MAX_WORD_BYTES = 4096;

/** Reads the rows of word2vec's binary form, the header being read already. */
export async function parseBinary(
  reader: ByteReader,
  count: number,
  dimension: number,
  sink: VectorSink,
): Promise<void> {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  const size = 4 * dimension;
  const cut = (row: number) =>
    new SyntaxError(`it ends after ${row} of the ${count} vectors that its first line says`);
  for (let row = 0; row < count; row++) {
    do {
      while (reader.bytes[reader.pos] === 10) reader.pos++;
    } while (reader.available === 0 && await reader.more());
    let length = reader.bytes.indexOf(32, reader.pos) - reader.pos;
    if (length < 0) length = await reader.until(32, MAX_WORD_BYTES);
    if (length < 0 && reader.available <= MAX_WORD_BYTES) throw cut(row);
    if (length <= 0 || length > MAX_WORD_BYTES) {
      throw new SyntaxError(`no word begins where vector ${row + 1} of ${count} should be`);
    }
    while (reader.available < length + 1 + size) if (!(await reader.more())) throw cut(row);
    const { bytes, pos } = reader;
    const word = decoder.decode(bytes.subarray(pos, pos + length));
    reader.pos = pos + length + 1 + size;
    if (!sink.wants(word)) continue;
    const vector = sink.add(word);
    new Uint8Array(vector.buffer, vector.byteOffset, size)
      .set(bytes.subarray(pos + length + 1, reader.pos));
    if (!allFinite(vector)) {
      throw new SyntaxError(`the vector of "${word}" (number ${row + 1}) holds NaN or infinity`);
    }
  }
  do {
    if (reader.bytes.subarray(reader.pos).some((byte) => byte !== 10)) {
      throw new SyntaxError(`it goes on after the ${count} vectors that its first line says`);
    }
    reader.pos = reader.bytes.length;
  } while (await reader.more());
}

function allFinite(numbers: Float32Array): boolean {
  // A number minus itself is 0, unless it is infinite or NaN.
  let sum = 0;
  for (let i = 0; i < numbers.length; i++) sum += numbers[i]! - numbers[i]!;
  return sum === 0;
}
