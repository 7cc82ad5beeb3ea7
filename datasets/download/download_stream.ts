import type { OnProgress } from "@heatword/core";
import { AddressError, firstAddress } from "./_address.ts";
import { BeyondEndError, BusyError, openBody, RefusedError } from "./_open_body.ts";
import { pause, Watch } from "./_watch.ts";
import { DownloadError } from "./download_error.ts";

/** Options of {@linkcode downloadStream}. */
export interface DownloadStreamOptions {
  /** How the file is called in progress and errors. @default {the last part of the first address} */
  readonly name?: string;
  /** The first byte that is wanted. @default {0} */
  readonly from?: number;
  /** A larger file is refused. @default {2147483648} */
  readonly maxBytes?: number;
  /** How often it is tried again without getting any further. @default {5} */
  readonly retries?: number;
  /** How long to wait before the first new try, in milliseconds; twice as long each time. @default {1000} */
  readonly retryDelayMs?: number;
  /** How long a server may take to answer, in milliseconds. @default {10000} */
  readonly answerMs?: number;
  /** How long nothing may come before a connection is given up, in milliseconds. @default {30000} */
  readonly stallMs?: number;
  /** Forbids to use the network. @default {false} */
  readonly offline?: boolean;
  /** Whether the content is checked by a digest, so that the first address may be plain http. @default {false} */
  readonly checked?: boolean;
  /** Called with how many bytes are there. */
  readonly onProgress?: OnProgress;
  /** Stops the download. */
  readonly signal?: AbortSignal;
}

const MAX_WAIT_MS = 60_000;
/** So often it is tried again where no server has answered yet: the network may not be there at all. */
const UNANSWERED_RETRIES = 1;

/**
 * Reads a file from the network as one stream that outlives broken connections: where one breaks off or
 * stalls, the next begins at the byte that is missing, at the same address or at another. Redirects are
 * followed to https only; a proxy is taken from the environment (`HTTP_PROXY`, `HTTPS_PROXY`,
 * `NO_PROXY`). The content is the caller's to check.
 *
 * @param addresses Where the same file is, the best first.
 * @param options Limits and patience.
 * @returns The bytes from `from` on.
 * @throws {DownloadError} While reading, if no address gives the file.
 *
 * @example
 * ```ts
 * import { downloadStream } from "@heatword/datasets/download";
 * import { assertEquals } from "@std/assert";
 *
 * await using server = Deno.serve(
 *   { hostname: "127.0.0.1", port: 0, onListen: () => {} },
 *   () => new Response("moon"),
 * );
 * const stream = downloadStream([`http://127.0.0.1:${server.addr.port}/moon`]);
 * const chunks = await Array.fromAsync(stream);
 * assertEquals(await new Blob(chunks as BlobPart[]).text(), "moon");
 * ```
 */
export async function* downloadStream(
  addresses: readonly string[],
  options: DownloadStreamOptions = {},
): AsyncGenerator<Uint8Array> {
  const { from = 0, retries = 5, retryDelayMs = 1000, signal } = options;
  const name = options.name ?? addresses[0]?.split("/").at(-1) ?? "";
  if (options.offline) throw new DownloadError(`Cannot download ${name}: working offline`);
  const file = new Download(name, from, options);
  /** Addresses that are out of the question, and why. */
  const refused = new Map<string, string>();
  /** What went wrong last at each address. */
  const troubles = new Map<string, string>();
  let beyondEnd: BeyondEndError | undefined;
  let reached = from;
  let tries = 0;
  for (;;) {
    let waitMs = 0;
    for (const address of addresses) {
      if (refused.has(address)) continue;
      const watch = new Watch(signal);
      try {
        yield* file.read(address, watch);
        if (file.complete) return;
        troubles.set(address, `it ends after ${file.offset} of ${file.total} bytes`);
      } catch (error) {
        signal?.throwIfAborted();
        if (error instanceof BeyondEndError) {
          if (error.total === file.offset) return;
          beyondEnd = error;
        }
        if (error instanceof RefusedError || error instanceof AddressError) {
          refused.set(address, error.message);
        } else {
          if (error instanceof BusyError) waitMs = Math.max(waitMs, error.waitMs ?? 0);
          troubles.set(address, watch.stalled ?? inOneLine(error));
        }
      } finally {
        watch.stop();
      }
    }
    tries = file.offset > reached ? 0 : tries + 1;
    reached = file.offset;
    const max = file.answered ? retries : Math.min(retries, UNANSWERED_RETRIES);
    if (addresses.every((address) => refused.has(address)) || tries > max) {
      const reasons = addresses.map((a) => `${a}: ${refused.get(a) ?? troubles.get(a)}`);
      throw new DownloadError(
        `Cannot download ${name}: ${reasons.join("; ") || "no address given"}`,
        { cause: beyondEnd },
      );
    }
    const backoffMs = retryDelayMs * 2 ** Math.max(0, tries - 1);
    await pause(Math.min(MAX_WAIT_MS, Math.max(backoffMs, waitMs)), signal);
  }
}

/** How far a download is. */
class Download {
  /** The first byte that is still missing. */
  offset: number;
  /** The size of the file, once a server has said it. */
  total: number | undefined;
  /** Whether any server has answered at all. */
  answered = false;
  readonly #name: string;
  readonly #maxBytes: number;
  readonly #checked: boolean;
  readonly #answerMs: number;
  readonly #stallMs: number;
  readonly #onProgress: OnProgress | undefined;

  constructor(name: string, from: number, options: DownloadStreamOptions) {
    this.#name = name;
    this.offset = from;
    this.#maxBytes = options.maxBytes ?? 2 ** 31;
    this.#checked = options.checked ?? false;
    this.#answerMs = options.answerMs ?? 10_000;
    this.#stallMs = options.stallMs ?? 30_000;
    this.#onProgress = options.onProgress;
  }

  /** Whether all bytes are there, as far as one can tell. */
  get complete(): boolean {
    return this.offset >= (this.total ?? 0);
  }

  /** Gives what is missing, until the end or until the connection breaks. */
  async *read(address: string, watch: Watch): AsyncGenerator<Uint8Array> {
    const url = firstAddress(address, this.#checked);
    watch.start(this.#answerMs);
    const { body, start, total } = await openBody(url, this.offset, watch.signal, () => {
      this.answered = true;
    });
    watch.start(this.#stallMs);
    const why = this.#refusal(total);
    if (why) {
      await body.cancel();
      throw new RefusedError(why);
    }
    this.total = total ?? this.total;
    this.#report();
    let at = start;
    for await (const chunk of body) {
      const skip = Math.max(0, this.offset - at);
      at += chunk.length;
      if (at > this.offset) {
        this.offset = at;
        if (at > this.#maxBytes) throw new RefusedError(`it has more than ${this.#maxBytes} bytes`);
        watch.stop();
        yield skip === 0 ? chunk : chunk.subarray(skip);
        this.#report();
      }
      watch.start(this.#stallMs);
    }
  }

  #refusal(total: number | undefined): string | undefined {
    if (total === undefined) return undefined;
    if (total > this.#maxBytes) return `it has ${total} bytes, more than ${this.#maxBytes}`;
    if (total !== (this.total ?? total)) return `it has ${total} bytes there and not ${this.total}`;
    return undefined;
  }

  #report(): void {
    this.#onProgress?.({
      task: `Downloading ${this.#name}`,
      done: this.offset,
      ...(this.total === undefined ? {} : { total: this.total }),
      unit: "bytes",
    });
  }
}

function inOneLine(error: unknown): string {
  const { message, cause } = error as Error;
  const why = cause instanceof Error ? cause.message : message;
  return why.replace(/^error sending request for url \(.*?\): /, "").replaceAll(/\s*\n\s*/g, " ");
}
