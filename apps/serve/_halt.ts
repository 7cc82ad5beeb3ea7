/** When to stop waiting for something. */
export interface HaltOptions {
  /** After how many milliseconds. */
  readonly limit: number;
  /** What is thrown then. */
  readonly late: () => Error;
  /** Aborted when nobody needs it any more. */
  readonly signal?: AbortSignal | undefined;
  /** How many milliseconds it may still take once nobody needs it. */
  readonly grace: number;
  /** What is thrown then. */
  readonly gone: () => Error;
}

/** Ends the waiting for a computation: when its time is up, or soon after nobody needs it. */
export class Halt {
  readonly #timer: ReturnType<typeof setTimeout>;
  readonly #halted = Promise.withResolvers<never>();
  readonly #signal: AbortSignal | undefined;
  readonly #leave: () => void;
  #grace: ReturnType<typeof setTimeout> | undefined;
  #error: Error | undefined;

  /** Starts the clock. */
  constructor({ limit, late, signal, grace, gone }: HaltOptions) {
    // Nobody may be waiting at the time.
    this.#halted.promise.catch(() => {});
    const halt = (error: Error) => {
      this.#error ??= error;
      this.#halted.reject(error);
    };
    this.#timer = setTimeout(() => halt(late()), limit);
    this.#leave = () => this.#grace ??= setTimeout(() => halt(gone()), grace);
    this.#signal = signal;
    if (signal?.aborted) this.#leave();
    signal?.addEventListener("abort", this.#leave);
  }

  /** What was thrown, once the waiting is over. */
  get error(): Error | undefined {
    return this.#error;
  }

  /**
   * Waits for something, but not for longer than it is worth it.
   *
   * @throws What `late` or `gone` give.
   */
  race<T>(work: Promise<T>): Promise<T> {
    // What comes after that is of no interest, an error neither.
    work.catch(() => {});
    return Promise.race([work, this.#halted.promise]);
  }

  /** Stops the clock. */
  clear(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#grace);
    this.#signal?.removeEventListener("abort", this.#leave);
  }
}
