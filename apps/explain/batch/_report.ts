import { showProgress } from "../../cli/progress.ts";
import type { Input } from "./_rows.ts";

/** Shows how far a run is of what it has to do, and how many rows a second it does. */
export class Report {
  /** Where this run began. */
  from: number;
  readonly #show = showProgress();
  readonly #began = performance.now();
  readonly #scale: number;

  constructor(readonly input: Input) {
    this.from = input.range?.[0] ?? 0;
    this.#scale = input.range && input.unit === "bytes" ? 2 ** 20 : 1;
  }

  /** Tells that all before `end` is done, `rows` of it by this run. */
  done(end: number, rows: number): void {
    const { range } = this.input;
    this.#tell(Math.min(end, range?.[1] ?? rows), range?.[1], rows);
  }

  /** Tells that all is done. */
  end(rows: number): void {
    const end = this.input.range?.[1] ?? rows;
    this.#tell(end, end, rows);
  }

  #tell(end: number, total: number | undefined, rows: number): void {
    const rate = rows / Math.max(1e-3, (performance.now() - this.#began) / 1000);
    const note = `${rate.toFixed(rate < 10 ? 1 : 0)} rows/s`;
    const unit = { bytes: "MB", files: "files" }[this.input.unit];
    this.#show({
      task: "Explaining",
      done: (end - this.from) / this.#scale,
      ...(total !== undefined && { total: (total - this.from) / this.#scale }),
      unit: this.input.range ? unit : "rows",
      note,
    });
  }
}
