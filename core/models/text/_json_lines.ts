/** How much of what a process said on standard error is kept, in characters. */
const TAIL = 2000;
/** How many lines of it are shown. */
const LINES = 3;
/** How long a process may take to end by itself, in milliseconds. */
const PATIENCE = 2000;

/** A process that answers each line with a line. */
export class JsonLines {
  readonly #name: string;
  readonly #child: Deno.ChildProcess;
  readonly #writer: WritableStreamDefaultWriter<Uint8Array>;
  readonly #reader: ReadableStreamDefaultReader<string>;
  readonly #said: Promise<void>;
  #buffered = "";
  #tail = "";
  #isClosed = false;

  /**
   * Starts a process.
   *
   * @param command What to run, in the words of a shell.
   * @throws {Deno.errors.NotCapable} If programs may not be run.
   */
  constructor(command: string) {
    this.#name = `The command ${JSON.stringify(command)}`;
    const [program, ...args] = shellFor(command);
    this.#child = new Deno.Command(program!, {
      args,
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    this.#writer = this.#child.stdin.getWriter();
    this.#reader = this.#child.stdout.pipeThrough(new TextDecoderStream()).getReader();
    this.#said = this.#listen();
  }

  async #listen(): Promise<void> {
    for await (const text of this.#child.stderr.pipeThrough(new TextDecoderStream())) {
      this.#tail = (this.#tail + text).slice(-TAIL);
    }
  }

  /**
   * Asks the process.
   *
   * @param question What becomes a line of JSON.
   * @returns What its answer says.
   * @throws {Error} If it ended, or what it wrote is no JSON; with the last it said on standard error.
   */
  async ask(question: unknown): Promise<unknown> {
    if (this.#isClosed) throw new Error(`${this.#name} was ended before`);
    try {
      await this.#writer.write(new TextEncoder().encode(`${JSON.stringify(question)}\n`));
    } catch {
      throw await this.#ended();
    }
    const line = await this.#line();
    if (line === undefined) throw await this.#ended();
    try {
      return JSON.parse(line);
    } catch {
      const shown = line.length > 80 ? `${line.slice(0, 80)}…` : line;
      throw new TypeError(
        `${this.#name} wrote a line that is not JSON, ${
          JSON.stringify(shown)
        }: only answers belong ` +
          `on its standard output${this.#words()}`,
      );
    }
  }

  async #line(): Promise<string | undefined> {
    const parts = [this.#buffered];
    while (!parts.at(-1)!.includes("\n")) {
      const { done, value } = await this.#reader.read();
      if (done) return undefined;
      parts.push(value);
    }
    const all = parts.join("");
    const end = all.indexOf("\n");
    this.#buffered = all.slice(end + 1);
    return all.slice(0, end);
  }

  async #ended(): Promise<Error> {
    const { code, signal } = await this.#child.status;
    await this.#said;
    const how = signal === null ? `ended with exit code ${code}` : `was ended by ${signal}`;
    return new Error(`${this.#name} ${how} and gave no answer${this.#words()}`);
  }

  /** The last it said on standard error, as the end of a sentence. */
  #words(): string {
    const lines = this.#tail.split("\n").map((line) => line.trim()).filter((line) => line !== "");
    return lines.length === 0 ? "" : `; it says: ${lines.slice(-LINES).join(" | ")}`;
  }

  /** Ends the process: its standard input ends, and if that is not enough, it is ended. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await this.#writer.close().catch(() => {});
    const timer = setTimeout(() => this.#kill(), PATIENCE);
    // What it still writes has to go somewhere, so that it can end.
    while (!(await this.#reader.read().catch(() => ({ done: true }))).done);
    await this.#child.status;
    clearTimeout(timer);
    await this.#said.catch(() => {});
  }

  #kill(): void {
    try {
      this.#child.kill("SIGKILL");
    } catch {
      // It has ended meanwhile.
    }
  }
}

/** How a command is run by the shell of the machine, which gives way to it. */
function shellFor(command: string): string[] {
  return Deno.build.os === "windows" ? ["cmd", "/c", command] : ["sh", "-c", `exec ${command}`];
}
