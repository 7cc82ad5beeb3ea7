import type { Asked } from "@heatword/core/remote";
import { readLines } from "./_lines.ts";
import type { Answer, HostAnswer, HostQuestion, Question } from "./_messages.ts";

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
  readonly #host: Asked | undefined;

  private constructor(process: Deno.ChildProcess, host?: Asked) {
    this.#process = process;
    this.#host = host;
    this.#writer = process.stdin.getWriter();
    // Whoever writes next is told that the pipe is broken.
    this.#writer.closed.catch(() => {});
    this.#answers = readLines(process.stdout);
  }

  /**
   * Starts a process.
   *
   * @param host Answers what it asks of a model that stays in this one.
   */
  static async start(host?: Asked): Promise<Child> {
    const path = main.protocol === "file:" ? decodeURIComponent(main.pathname) : main.href;
    const command = new Deno.Command(await deno(), {
      args: ["run", "--quiet", ...permissions, path],
      stdin: "piped",
      stdout: "piped",
      stderr: "inherit",
    });
    return new Child(command.spawn(), host);
  }

  get ended(): Promise<unknown> {
    return this.#process.status;
  }

  async ask(question: Question): Promise<Answer> {
    await this.#write(question);
    while (true) {
      const { done, value } = await this.#answers.next();
      if (done) throw new Error("A process that explains ended before it answered");
      const answer: Answer | HostQuestion = JSON.parse(value);
      if (answer.kind !== "ask") return answer;
      // It may ask more before this is answered; if it has ended meanwhile, the next line tells.
      this.#tell(answer).catch(() => {});
    }
  }

  async #write(message: Question | HostAnswer): Promise<void> {
    await this.#writer.write(new TextEncoder().encode(JSON.stringify(message) + "\n"));
  }

  async #tell({ id, call, ask }: HostQuestion): Promise<void> {
    try {
      const answer = await this.#host![call](ask as never);
      await this.#write({ kind: "told", id, answer });
    } catch (error) {
      const { name, message } = error as Error;
      await this.#write({ kind: "told", id, error: { name, message } });
    }
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
