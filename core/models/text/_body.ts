/** Most of an answer that is read, in bytes: scores of a few texts are a thousandth of it. */
export const LONGEST_ANSWER = 2 ** 26;

/** An answer has no end in sight. */
export class BodyTooLarge extends Error {
  /** Makes the error; its message is the end of a sentence. */
  constructor() {
    super(`gave an answer of more than ${LONGEST_ANSWER / 2 ** 20} MiB, which scores never are`);
  }
}

/**
 * The body of an answer as text, as far as it has a sensible length.
 *
 * @param response The answer.
 * @throws {BodyTooLarge} If it is longer; the rest is not waited for.
 */
export async function textOf(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  const parts: string[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > LONGEST_ANSWER) throw new BodyTooLarge();
    parts.push(decoder.decode(chunk, { stream: true }));
  }
  parts.push(decoder.decode());
  return parts.join("");
}
