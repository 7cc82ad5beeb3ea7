import { clearProgress } from "./cli/progress.ts";

const FULL = 2 ** 16;

/** Writes lines in large pieces, none of them twice or in part. */
export class LineWriter {
  readonly #encoder = new TextEncoder();
  readonly #output: { write(bytes: Uint8Array): Promise<number> };
  #pending = "";

  constructor(output: { write(bytes: Uint8Array): Promise<number> }) {
    this.#output = output;
  }

  async write(line: string): Promise<void> {
    this.#pending += line + "\n";
    if (this.#pending.length >= FULL) await this.flush();
  }

  async flush(): Promise<void> {
    let bytes = this.#encoder.encode(this.#pending);
    this.#pending = "";
    clearProgress();
    while (bytes.length > 0) bytes = bytes.subarray(await this.#output.write(bytes));
  }
}
