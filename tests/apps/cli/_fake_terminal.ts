import {
  type Clock,
  type ProgressOutput,
  ProgressRenderer,
} from "../../../apps/cli/progress_renderer.ts";

/** A clock that stands still until it is told to go on. */
export class FakeClock implements Clock {
  #now = 5_000;
  #waiting: { at: number; work: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  later(work: () => void, milliseconds: number): () => void {
    const entry = { at: this.#now + milliseconds, work };
    this.#waiting.push(entry);
    return () => this.#waiting = this.#waiting.filter((other) => other !== entry);
  }

  /** Lets time pass, and does what falls due. */
  pass(milliseconds: number): void {
    const end = this.#now + milliseconds;
    while (true) {
      const [next] = this.#waiting.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
      if (next === undefined) break;
      this.#waiting = this.#waiting.filter((other) => other !== next);
      this.#now = next.at;
      next.work();
    }
    this.#now = end;
  }
}

/** What stands on a terminal on which all this was written; of control characters it knows few. */
export class FakeTerminal implements ProgressOutput {
  readonly terminal: boolean;
  readonly #width: number;
  /** Every state that a line had when something was written. */
  readonly history: string[] = [];
  #lines = [""];
  #column = 0;

  constructor(terminal = true, width = 200) {
    this.terminal = terminal;
    this.#width = width;
  }

  columns(): number {
    return this.#width;
  }

  write(text: string): void {
    // deno-lint-ignore no-control-regex
    for (const part of text.match(/\r|\n|\x1b\[K|[^\r\n\x1b]+/g) ?? []) {
      const line = this.#lines.at(-1)!;
      if (part === "\r") this.#column = 0;
      else if (part === "\x1b[K") this.#lines[this.#lines.length - 1] = line.slice(0, this.#column);
      else if (part === "\n") {
        this.#lines.push("");
        this.#column = 0;
      } else {
        this.#lines[this.#lines.length - 1] = line.slice(0, this.#column) + part +
          line.slice(this.#column + part.length);
        this.#column += part.length;
      }
    }
    this.history.push(this.#lines.at(-1)! || this.#lines.at(-2)!);
  }

  /** The lines that stand there; the last is where the cursor is. */
  get lines(): readonly string[] {
    return this.#lines;
  }
}

/** A renderer on a fake terminal, by a fake clock. */
export function fakeProgress(terminal = true, width?: number) {
  const output = new FakeTerminal(terminal, width);
  const clock = new FakeClock();
  return { output, clock, renderer: new ProgressRenderer(output, clock) };
}
