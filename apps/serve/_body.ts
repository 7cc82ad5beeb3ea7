import { Problem } from "./_problem.ts";

/** What a client may send. */
export interface BodyLimits {
  /** The largest body, in bytes. */
  readonly maxBytes: number;
  /** How long a client may take to send it, in milliseconds. */
  readonly timeout: number;
}

function tooLarge(maxBytes: number): Problem {
  return new Problem(413, `Cannot take a body of more than ${maxBytes} bytes`);
}

/**
 * Reads the body of a request, as far as limits allow.
 *
 * @param request The request.
 * @param limits Size and time.
 * @returns The body.
 * @throws {Problem} 413 if it is too large, 408 if it does not come in time.
 */
async function readBody(request: Request, limits: BodyLimits): Promise<Uint8Array> {
  const { maxBytes, timeout } = limits;
  if (Number(request.headers.get("content-length")) > maxBytes) throw tooLarge(maxBytes);
  if (request.body === null) return new Uint8Array();
  const reader = request.body.getReader();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    const problem = new Problem(408, `The body did not arrive within ${timeout / 1000} s`);
    timer = setTimeout(() => reject(problem), timeout);
  });
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    while (true) {
      const { done, value } = await Promise.race([reader.read(), late]);
      if (done) break;
      length += value.length;
      if (length > maxBytes) throw tooLarge(maxBytes);
      chunks.push(value);
    }
  } catch (error) {
    // The client may still be sending; nobody waits for the rest.
    reader.cancel().catch(() => {});
    if (error instanceof Problem) throw error;
    throw new Problem(400, "The body ended before it was complete");
  } finally {
    clearTimeout(timer);
  }
  const body = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    body.set(chunk, offset);
    offset += chunk.length;
  }
  return body;
}

/**
 * Reads the body of a request as JSON.
 *
 * @param request The request.
 * @param limits Size and time.
 * @returns What it holds.
 * @throws {Problem} 415 if it does not say that it is JSON, 400 if it is not, else as {@linkcode
 * readBody}.
 */
export async function readJson(request: Request, limits: BodyLimits): Promise<unknown> {
  const type = request.headers.get("content-type") ?? "";
  if (!/^application\/json\s*(;|$)/i.test(type)) {
    throw new Problem(415, `Send the body as "application/json", not as "${type}"`);
  }
  const body = await readBody(request, limits);
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch (error) {
    const why = error instanceof SyntaxError ? error.message : "it is not UTF-8";
    throw new Problem(400, `Cannot read the body as JSON: ${why}`);
  }
}
