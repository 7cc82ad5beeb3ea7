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

const main = decodeURIComponent(new URL("../../../apps/serve.ts", import.meta.url).pathname);

/** The program, with the permissions of its task. */
export function runServe(...args: string[]): Deno.Command {
  return new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--quiet",
      "--no-prompt",
      "--allow-net=127.0.0.1",
      `--allow-run=deno,${Deno.execPath()}`,
      "--allow-read",
      "--allow-write=.cache",
      "--allow-env=HEATWORD_DATA,HEATWORD_CACHE,HEATWORD_MODEL,HEATWORD_DEBUG",
      main,
      ...args,
    ],
    stdout: "piped",
    stderr: "piped",
    env: { NO_COLOR: "1" },
  });
}

/** Starts the program and waits for its address. */
export async function spawnServer(...args: string[]): Promise<[Deno.ChildProcess, string]> {
  const process = runServe(...args).spawn();
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
  await process.stderr.cancel();
  return [process, said.trim().replace(/\/$/, "")];
}

/** Posts something to `/api/explain` as JSON. */
export function postExplain(url: string, body: unknown, headers: HeadersInit = {}) {
  return fetch(`${url}/api/explain`, {
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
