import { readLines } from "./_lines.ts";
import type { Answer, Question } from "./_messages.ts";

const main = new URL("./_child_main.ts", import.meta.url);

/** What the process may do: read the model, and nothing with the network or by writing. */
const permissions = [
  "--no-prompt",
  "--allow-read",
  "--allow-env=HEATWORD_DATA,HEATWORD_CACHE,HEATWORD_MODEL,HEATWORD_DEBUG",
];

/** The program to start: this very one where that is allowed, else the one of that name. */
async function deno(): Promise<string> {
  const command = Deno.execPath();
  const { state } = await Deno.permissions.query({ name: "run", command });
  return state === "granted" ? command : "deno";
}

/** Something that answers questions, one at a time, until it ends. */
export interface Answering {
  /** Settles when it has ended, for whatever reason. */
  readonly ended: Promise<unknown>;
  /**
   * Asks it; one question at a time.
   *
   * @throws {Error} If it ends before it answers.
   */
  ask(question: Question): Promise<Answer>;
  /** Ends it at once, whatever it does. */
  end(): Promise<void>;
}

/**
 * A process that explains. A worker would share memory and permissions with the server, and could
 * not be ended in the middle of a long computation.
 */
export class Child implements Answering {
  readonly #process: Deno.ChildProcess;
  readonly #writer: WritableStreamDefaultWriter<Uint8Array>;
  readonly #answers: AsyncGenerator<string>;

  private constructor(process: Deno.ChildProcess) {
    this.#process = process;
    this.#writer = process.stdin.getWriter();
    // Whoever writes next is told that the pipe is broken.
    this.#writer.closed.catch(() => {});
    this.#answers = readLines(process.stdout);
  }

  /** Starts a process. */
  static async start(): Promise<Child> {
    const path = main.protocol === "file:" ? decodeURIComponent(main.pathname) : main.href;
    const command = new Deno.Command(await deno(), {
      args: ["run", "--quiet", ...permissions, path],
      stdin: "piped",
      stdout: "piped",
      stderr: "inherit",
    });
    return new Child(command.spawn());
  }

  get ended(): Promise<unknown> {
    return this.#process.status;
  }

  async ask(question: Question): Promise<Answer> {
    await this.#writer.write(new TextEncoder().encode(JSON.stringify(question) + "\n"));
    const { done, value } = await this.#answers.next();
    if (done) throw new Error("A process that explains ended before it answered");
    return JSON.parse(value);
  }

  async end(): Promise<void> {
    try {
      this.#process.kill("SIGKILL");
    } catch {
      // It has ended already.
    }
    await this.#writer.abort().catch(() => {});
    await this.#answers.return(undefined).catch(() => {});
    await this.#process.status;
  }
}
