import { spawn } from "node:child_process";
import { Readable, Writable } from "node:stream";

const kindOf = (given, otherwise) =>
  ({ piped: "pipe", null: "ignore" })[given] ?? given ?? otherwise;

/** A program that runs. */
class ChildProcess {
  #process;
  status;
  stdin;
  stdout;
  stderr;

  constructor(process) {
    this.#process = process;
    this.status = new Promise((resolve) => {
      process.once(
        "exit",
        (code, signal) => resolve({ success: code === 0, code: code ?? 1, signal }),
      );
    });
    if (process.stdin) this.stdin = Writable.toWeb(process.stdin);
    if (process.stdout) this.stdout = Readable.toWeb(process.stdout);
    if (process.stderr) this.stderr = Readable.toWeb(process.stderr);
  }

  get pid() {
    return this.#process.pid;
  }

  kill(signal = "SIGTERM") {
    if (!this.#process.kill(signal)) throw new TypeError("Child process has already terminated");
  }

  ref() {
    this.#process.ref();
  }

  unref() {
    this.#process.unref();
  }
}

/** A program to run, as Deno has it. */
export class Command {
  #program;
  #options;

  constructor(program, options = {}) {
    this.#program = program;
    this.#options = options;
  }

  spawn() {
    const { args = [], cwd, env, clearEnv, stdin, stdout, stderr, detached } = this.#options;
    return new ChildProcess(spawn(this.#program, args, {
      cwd,
      detached,
      env: { ...(clearEnv ? {} : process.env), ...env },
      stdio: [kindOf(stdin, "inherit"), kindOf(stdout, "inherit"), kindOf(stderr, "inherit")],
    }));
  }

  async output() {
    const { stdout = "piped", stderr = "piped", stdin = "null" } = this.#options;
    const child = new Command(this.#program, { ...this.#options, stdin, stdout, stderr }).spawn();
    const bytesOf = async (stream) =>
      stream ? new Uint8Array(await new Response(stream).arrayBuffer()) : undefined;
    const [status, out, err] = await Promise.all([
      child.status,
      bytesOf(child.stdout),
      bytesOf(child.stderr),
    ]);
    return { ...status, stdout: out, stderr: err };
  }
}
