import type { OnProgress } from "@heatword/core";
import type { Input } from "./open_input.ts";

/** Shows how far a run is of what it has to do, and how many rows a second it does. */
export class Report {
  readonly #show: OnProgress;
  readonly #input: Input;
  #end: number;
  #rows = 0;

  /**
   * Shows nothing yet.
   *
   * @param input What is to be done.
   * @param onProgress Called with progress.
   */
  constructor(input: Input, onProgress: OnProgress) {
    this.#show = onProgress;
    this.#input = input;
    this.#end = input.range?.[0] ?? 0;
  }

  /** Tells that the run begins, as its first row may take long. */
  begin(): void {
    this.#report();
  }

  /** Tells that an earlier run has done all before `end`. */
  skip(end: number): void {
    this.#end = end;
  }

  /** Tells that a row is done, and all before its end. */
  row(end: number): void {
    this.#rows++;
    this.#end = end;
    this.#report();
  }

  /** Tells that all is done. */
  finish(): void {
    this.#end = this.#input.range?.[1] ?? this.#end;
    this.#report();
  }

  #report(): void {
    const { range, unit } = this.#input;
    const rows = this.#rows;
    if (range === undefined) {
      return this.#show({ task: "Explaining", done: rows, unit: "rows", figures: { rows } });
    }
    const [from, to] = range;
    // The last row of a part may end in the next one.
    const done = Math.min(this.#end, to) - from;
    this.#show({ task: "Explaining", done, total: to - from, unit, figures: { rows } });
  }
}
