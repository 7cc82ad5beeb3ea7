import type { ByteReader } from "./_byte_reader.ts";
import type { VectorSink } from "./_vector_sink.ts";

/** Longer lines are a sign of a file of another kind. */
export const MAX_LINE_BYTES = 2 ** 20;

/** A line as a word and the texts of numbers. */
export function fields(line: string): string[] {
  return line.trimEnd().split(/[ \t]+/);
}

/**
 * Reads lines of a word and its numbers. Words may hold blanks (some of GloVe's do): the last D fields
 * are the vector.
 */
export async function parseText(
  reader: ByteReader,
  dimension: number,
  sink: VectorSink,
  header?: { count: number },
): Promise<void> {
  const decoder = new TextDecoder();
  let row = 0;
  for (;;) {
    let length = await reader.until(10, MAX_LINE_BYTES);
    if (length < 0) length = reader.available;
    if (length === 0 && reader.available === 0) break;
    if (length > MAX_LINE_BYTES) throw new SyntaxError("its lines are too long for word vectors");
    const line = decoder.decode(reader.bytes.subarray(reader.pos, reader.pos + length));
    reader.pos = Math.min(reader.pos + length + 1, reader.bytes.length);
    if (line.trim() === "") continue;
    row++;
    addLine(line, row + (header ? 1 : 0), dimension, sink);
  }
  if (header && row !== header.count) {
    throw new SyntaxError(`it has ${row} vectors and not ${header.count}, as its first line says`);
  }
}

function addLine(line: string, number: number, dimension: number, sink: VectorSink): void {
  const blank = line.search(/[ \t]/);
  if (blank > 0 && !sink.wants(line.slice(0, blank))) return;
  const parts = fields(line);
  const numbers = parts.slice(-dimension);
  if (parts.length <= dimension) {
    throw new SyntaxError(`line ${number} has ${parts.length - 1} numbers and not ${dimension}`);
  }
  const word = parts.slice(0, -dimension).join(" ");
  if (!sink.wants(word)) return;
  const vector = sink.add(word);
  for (let d = 0; d < dimension; d++) {
    vector[d] = Number(numbers[d]);
    if (!Number.isFinite(vector[d])) {
      throw new SyntaxError(
        `line ${number} holds ${JSON.stringify(numbers[d])} where a number should be`,
      );
    }
  }
}
