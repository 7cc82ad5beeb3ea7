import { ModelUnavailable } from "../../model_unavailable.ts";
import { isGranted } from "../../permissions.ts";
import { LONGEST_ANSWER } from "./_body.ts";
import { readJson } from "./_json.ts";

/** How much of what a process said on standard error is kept, in characters. */
const TAIL = 2000;
/** How many lines of it are shown. */
const LINES = 3;
/** How long a process may take to end by itself, in milliseconds. */
const PATIENCE = 2000;

/** Those that run in this thread. */
const running = new Set<JsonLines>();

/** Ends all programs that models of this thread started, whether these are open already or not. */
export async function endCommands(): Promise<void> {
  await Promise.all(Array.from(running, (lines) => lines.close()));
}

/** Asked when a command is run: a browser has no Deno, and imports this, too. */
const isWindows = () => Deno.build.os === "windows";

/** A process that answers each line with a line. */
export class JsonLines {
  readonly #name: string;
  readonly #child: Deno.ChildProcess;
  readonly #writer: WritableStreamDefaultWriter<Uint8Array>;
  readonly #read: Promise<void>;
  readonly #said: Promise<void>;
  /** Lines that nobody has taken. */
  readonly #lines: string[] = [];
  #waiting: ((line: string | undefined) => void) | undefined;
  #hasEnded = false;
  #tail = "";
  #broken: Error | undefined;
  #closing: Promise<void> | undefined;

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
      // In a group of its own: Ctrl-C is for this program, which then ends all of the group.
      detached: !isWindows(),
    }).spawn();
    this.#writer = this.#child.stdin.getWriter();
    // Whoever writes next is told that the pipe is broken.
    this.#writer.closed.catch(() => {});
    running.add(this);
    this.#read = this.#take();
    this.#said = this.#listen();
  }

  async #listen(): Promise<void> {
    for await (const text of this.#child.stderr.pipeThrough(new TextDecoderStream())) {
      this.#tail = (this.#tail + text).slice(-TAIL);
    }
  }

  /** Takes lines as they come, so that one too many is noticed. */
  async #take(): Promise<void> {
    let parts: string[] = [];
    let length = 0;
    try {
      for await (const text of this.#child.stdout.pipeThrough(new TextDecoderStream())) {
        const [first, ...others] = text.split("\n") as [string, ...string[]];
        parts.push(first);
        length += first.length;
        for (const other of others) {
          this.#give(parts.join(""));
          parts = [other];
          length = other.length;
        }
        if (length > LONGEST_ANSWER) {
          this.#broken ??= this.#error(
            `wrote a line of more than ${LONGEST_ANSWER / 2 ** 20} MiB, which scores never are`,
          );
          // What follows has to go somewhere, so that it can end.
          [parts, length] = [[], 0];
          this.#giveEnd();
        }
      }
    } catch {
      // The pipe broke: there is no more to come.
    }
    this.#hasEnded = true;
    this.#giveEnd();
  }

  #give(line: string): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting) waiting(line);
    else if (this.#lines.length < 2) this.#lines.push(line);
  }

  #giveEnd(): void {
    this.#waiting?.(undefined);
    this.#waiting = undefined;
  }

  #error(what: string): Error {
    return new ModelUnavailable(`${this.#name} ${what}${this.#words()}`);
  }

  /**
   * Asks the process; one question at a time.
   *
   * @param question What becomes a line of JSON.
   * @returns What its answer says.
   * @throws {ModelUnavailable} If it ended, or what it wrote is no JSON, or more than an answer for each
   * question; with the last it said on standard error. Then it is not asked any more: an answer could
   * be that to another question.
   */
  async ask(question: unknown): Promise<unknown> {
    if (this.#closing) throw new ModelUnavailable(`${this.#name} was ended before`);
    if (this.#broken) throw this.#broken;
    if (this.#lines.length > 0 && !this.#hasEnded) {
      throw this.#broken = this.#error(
        `wrote more than one line for a question, ${
          shown(this.#lines[0]!)
        }: only answers belong on ` +
          "its standard output",
      );
    }
    try {
      await this.#writer.write(new TextEncoder().encode(`${JSON.stringify(question)}\n`));
    } catch {
      throw this.#broken ??= await this.#ended();
    }
    const line = await this.#line();
    if (line === undefined) throw this.#broken ??= await this.#ended();
    const answer = readJson(line);
    if (answer !== undefined) return answer;
    throw this.#broken = this.#error(
      `wrote a line that is not JSON, ${shown(line)}: only answers belong on its standard output`,
    );
  }

  /**
   * Asks it no more, as its answers may belong to other questions.
   *
   * @param message What is wrong with one.
   * @returns The error, that every further question gets too.
   */
  distrust(message: string): Error {
    return this.#broken ??= new ModelUnavailable(`${message}${this.#words()}`);
  }

  #line(): Promise<string | undefined> {
    if (this.#hasEnded || this.#broken) return Promise.resolve(undefined);
    return new Promise((resolve) => this.#waiting = resolve);
  }

  async #ended(): Promise<Error> {
    const { code, signal } = await this.#child.status;
    await this.#said.catch(() => {});
    const how = signal === null ? `ended with exit code ${code}` : `was ended by ${signal}`;
    return this.#error(`${how} and gave no answer`);
  }

  /** The last it said on standard error, as the end of a sentence. */
  #words(): string {
    const lines = this.#tail.split("\n").map((line) => line.trim()).filter((line) => line !== "");
    return lines.length === 0 ? "" : `; it says: ${lines.slice(-LINES).join(" | ")}`;
  }

  /**
   * Ends the process and all that it started: its standard input ends, and if that is not enough
   * within two seconds, they are ended.
   */
  close(): Promise<void> {
    return this.#closing ??= this.#close();
  }

  async #close(): Promise<void> {
    // A process that reads no more would keep its input from being closed.
    this.#writer.close().catch(() => {});
    const timer = setTimeout(() => this.#kill(), PATIENCE);
    await this.#child.status;
    clearTimeout(timer);
    // What it started itself may still be there.
    this.#kill();
    await this.#read;
    await this.#said.catch(() => {});
    running.delete(this);
  }

  #kill(): void {
    try {
      // Who may run some programs only may end no others.
      const isAlone = isWindows() || !isGranted({ name: "run" });
      if (isAlone) this.#child.kill("SIGKILL");
      else Deno.kill(-this.#child.pid, "SIGKILL");
    } catch {
      // It has ended meanwhile.
    }
  }
}

const shown = (line: string) => JSON.stringify(line.length > 80 ? `${line.slice(0, 80)}…` : line);

/** How a command is run by the shell of the machine, which gives way to it. */
function shellFor(command: string): string[] {
  return isWindows() ? ["cmd", "/c", command] : ["sh", "-c", `exec ${command}`];
}
