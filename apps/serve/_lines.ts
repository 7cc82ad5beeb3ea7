/**
 * The lines of a stream, without what ends them.
 *
 * @param stream UTF-8.
 */
export async function* readLines(stream: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let parts: string[] = [];
  for await (const chunk of stream) {
    const pieces = decoder.decode(chunk, { stream: true }).split("\n");
    for (let i = 0; i < pieces.length; i++) {
      parts.push(pieces[i]!);
      if (i === pieces.length - 1) continue;
      yield parts.join("");
      parts = [];
    }
  }
}
