const lenient = new TextDecoder("utf-8", { ignoreBOM: true });
const strict = new TextDecoder("utf-8", { ignoreBOM: true, fatal: true });

/** A word or line in UTF-8; nothing if it is not UTF-8, so that no text can hold it. */
export function decodeWord(bytes: Uint8Array): string | undefined {
  const word = lenient.decode(bytes);
  if (!word.includes("\ufffd")) return word;
  try {
    return strict.decode(bytes);
  } catch {
    return undefined;
  }
}
