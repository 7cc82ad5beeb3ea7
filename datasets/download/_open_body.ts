import { AddressError, redirectAddress } from "./_address.ts";

const MAX_REDIRECTS = 10;

/** The server answered, and what it answered will not change soon. */
export class RefusedError extends Error {}

/** The server answered that it cannot now. */
export class BusyError extends Error {
  constructor(message: string, readonly waitMs: number | undefined) {
    super(message);
  }
}

/** The server says that there is nothing after what was read already. */
export class BeyondEndError extends RefusedError {
  constructor(readonly total: number | undefined) {
    super("the server has nothing behind what was read already");
  }
}

/** A body, the place of its first byte in the file, and the size of the file if that was told. */
export interface OpenBody {
  readonly body: ReadableStream<Uint8Array>;
  readonly start: number;
  readonly total: number | undefined;
}

/** Asks for a file from `offset` on, following redirects. */
export async function openBody(
  url: URL,
  offset: number,
  signal: AbortSignal,
  onAnswer: () => void,
): Promise<OpenBody> {
  const response = await follow(url, offset, signal);
  onAnswer();
  const { status, statusText, headers, body } = response;
  if (status === 200 && body) return { body, start: 0, total: size(headers.get("content-length")) };
  if (status === 206 && body) {
    const [, start, total] =
      /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers.get("content-range") ?? "") ??
        [];
    if (start === undefined || Number(start) > offset) {
      await body.cancel();
      throw new RefusedError("the server sends another part than it was asked for");
    }
    return { body, start: Number(start), total: size(total) };
  }
  await body?.cancel();
  if (status === 416) {
    throw new BeyondEndError(
      size(/^bytes \*\/(\d+)$/.exec(headers.get("content-range") ?? "")?.[1]),
    );
  }
  const message = `the server answers ${status} ${statusText}`.trimEnd();
  if (status === 408 || status === 425 || status === 429 || status >= 500) {
    throw new BusyError(message, waitMs(headers.get("retry-after")));
  }
  throw new RefusedError(message);
}

async function follow(url: URL, offset: number, signal: AbortSignal): Promise<Response> {
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
    const response = await fetch(url, {
      redirect: "manual",
      signal,
      headers: {
        // Without this the server may pack the file once more, and parts would not fit together.
        "accept-encoding": "identity",
        ...(offset > 0 ? { range: `bytes=${offset}-` } : {}),
      },
    });
    if (![301, 302, 303, 307, 308].includes(response.status)) return response;
    await response.body?.cancel();
    url = redirectAddress(response.headers.get("location"), url);
  }
  throw new AddressError(`the server redirects more than ${MAX_REDIRECTS} times`);
}

function size(text: string | null | undefined): number | undefined {
  return text && /^\d+$/.test(text) ? Number(text) : undefined;
}

/** What `Retry-After` says: seconds, or a date. */
function waitMs(text: string | null): number | undefined {
  if (text === null) return undefined;
  const ms = /^\d+$/.test(text) ? 1000 * Number(text) : Date.parse(text) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}
