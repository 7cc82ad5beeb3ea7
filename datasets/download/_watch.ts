/** Gives up a connection on which nothing comes for a while. */
export class Watch {
  /** What happened, when nothing came for too long. */
  stalled: string | undefined;
  /** Aborts when nothing came for too long, or when the caller aborts. */
  readonly signal: AbortSignal;
  readonly #abort = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(signal?: AbortSignal) {
    this.signal = signal ? AbortSignal.any([signal, this.#abort.signal]) : this.#abort.signal;
  }

  /** Begins to wait, anew if it waits already. */
  start(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.stalled = `nothing came for ${ms / 1000} s`;
      this.#abort.abort();
    }, ms);
  }

  /** Waits no longer. */
  stop(): void {
    clearTimeout(this.#timer);
  }
}

/** Waits, unless the caller aborts. */
export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const stop = () => reject(signal!.reason);
  signal?.addEventListener("abort", stop, { once: true });
  const timer = setTimeout(resolve, ms);
  return promise.finally(() => {
    clearTimeout(timer);
    signal?.removeEventListener("abort", stop);
  });
}
