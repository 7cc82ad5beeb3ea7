import { type Running, startServer } from "../../../apps/serve/start.ts";
import type { ServeSettings } from "../../../apps/serve/_settings.ts";
import { madeModelFolder } from "../_made_model.ts";

/** Options of {@linkcode withServer}. */
export type ServerOptions = Partial<ServeSettings>;

/** Runs a server on the made model, on any free port, while a test needs it. */
export async function withServer(
  test: (url: string, server: Running) => Promise<void>,
  options: ServerOptions = {},
): Promise<void> {
  const model = await madeModelFolder();
  const data = await Deno.makeTempDir({ prefix: "heatword-data-" });
  const server = await startServer({
    host: "127.0.0.1",
    port: 0,
    allowedHosts: [],
    plugins: [],
    workers: 2,
    timeLimit: 10_000,
    waitLimit: 60_000,
    model,
    data,
    ...options,
  });
  try {
    await test(server.url.replace(/\/$/, ""), server);
  } finally {
    await server.stop();
    await Deno.remove(model, { recursive: true });
    await Deno.remove(data, { recursive: true });
  }
}

const root = new URL("../../../", import.meta.url);

/** The command of the task, with the deno that runs the tests. */
async function taskCommand(): Promise<string[]> {
  const { tasks } = JSON.parse(await Deno.readTextFile(new URL("deno.json", root)));
  const [, , ...words] = (tasks.serve.command as string).split(" ");
  const [program, ...flags] = words.toReversed();
  const allowed = flags.toReversed().map((flag) =>
    flag === "--allow-run=deno" ? `${flag},${Deno.execPath()}` : flag
  );
  const main = decodeURIComponent(new URL(program!, root).pathname);
  return [Deno.execPath(), "run", "--quiet", "--no-prompt", ...allowed, main];
}

/** What a process may have of its system. */
export interface Limits {
  /** How many file descriptors. */
  readonly descriptors?: number;
}

/** The program, with the permissions of its task. */
export async function runServe(args: readonly string[], limits: Limits = {}) {
  const all = [...await taskCommand(), ...args];
  const { descriptors } = limits;
  const shell = ["-c", `ulimit -n ${descriptors}; exec "$@"`, "bash"];
  const [program, ...rest] = descriptors === undefined ? all : ["bash", ...shell, ...all];
  return new Deno.Command(program!, {
    args: rest,
    stdout: "piped",
    stderr: "piped",
    env: { NO_COLOR: "1" },
  });
}

/** Starts the program and waits for its address. */
export async function spawnServer(
  args: readonly string[],
  limits: Limits = {},
): Promise<[Deno.ChildProcess, string]> {
  const process = (await runServe(args, limits)).spawn();
  const [mine, rest] = process.stdout.tee();
  const reader = mine.pipeThrough(new TextDecoderStream()).getReader();
  let said = "";
  while (!said.includes("\n")) {
    const { done, value } = await reader.read();
    if (done) throw new Error("The server ended");
    said += value;
  }
  await reader.cancel();
  await rest.cancel();
  // What it says is of no interest, but there must be somebody who takes it.
  process.stderr.pipeTo(new WritableStream()).catch(() => {});
  return [process, said.trim().replace(/\/$/, "")];
}

/** Posts something to `/api/explain` as JSON. */
export function postExplain(url: string, body: unknown, headers: HeadersInit = {}) {
  return postJson(`${url}/api/explain`, body, headers);
}

/** Posts something to `/api/explain/batch` as JSON. */
export function postBatch(url: string, body: unknown) {
  return postJson(`${url}/api/explain/batch`, body);
}

function postJson(url: string, body: unknown, headers: HeadersInit = {}) {
  return fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
}

/** A response as the server writes it when a request is given byte by byte. */
export async function rawRequest(url: string, ...parts: (string | number)[]): Promise<string> {
  const { hostname, port } = new URL(url);
  const connection = await Deno.connect({ hostname, port: Number(port) });
  const encoder = new TextEncoder();
  try {
    for (const part of parts) {
      if (typeof part === "number") await new Promise((resolve) => setTimeout(resolve, part));
      else await connection.write(encoder.encode(part));
    }
    let text = "";
    const decoder = new TextDecoder();
    const buffer = new Uint8Array(65536);
    while (!/\r\n\r\n[^]*[}\]]$/.test(text)) {
      const length = await connection.read(buffer);
      if (length === null) break;
      text += decoder.decode(buffer.subarray(0, length), { stream: true });
    }
    return text;
  } finally {
    connection.close();
  }
}
