import type { Timing } from "@heatword/eval/report";

/** Takes the time of the steps of a run, and says on stderr when one begins. */
export class Stopwatch {
  readonly #timings: Timing[] = [];
  readonly #onNotice: (line: string) => void;

  /** Starts without any step. */
  constructor(onNotice: (line: string) => void = (line) => console.error(line)) {
    this.#onNotice = onNotice;
  }

  /** The steps so far, in their order. */
  get timings(): readonly Timing[] {
    return this.#timings;
  }

  /**
   * Runs a step.
   *
   * @param step What is done.
   * @param work Does it; what it gives to `setNote` is shown beside the time.
   */
  async run<T>(
    step: string,
    work: (setNote: (text: string) => void) => Promise<T> | T,
  ): Promise<T> {
    const began = performance.now();
    let note: string | undefined;
    this.#onNotice(`${step} …`);
    const result = await work((text) => note = text);
    const seconds = (performance.now() - began) / 1000;
    this.#timings.push({ step, seconds, ...(note !== undefined && { note }) });
    if (note !== undefined) this.#onNotice(`  ${note}`);
    return result;
  }
}
