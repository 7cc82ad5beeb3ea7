/**
 * How the server holds out: what a thousand HEAD requests leave open, and how long the next visitor
 * waits after fifty slow requests that were given up. It starts a server of its own, and needs Linux.
 *
 *     deno run -A bench/reliability/server.ts heads
 *     deno run -A bench/reliability/server.ts aborted
 *
 * @module
 */
import { loadMiniature } from "@heatword/datasets/miniature";

const root = new URL("../../", import.meta.url);

/** The measured program, at its address. */
interface Server {
  readonly url: string;
  readonly id: number;
}

/** The server itself among the processes that a task starts: the one that has children. */
function serverBelow(id: number): number {
  const path = `/proc/${id}/task/${id}/children`;
  const command = Deno.readTextFileSync(`/proc/${id}/cmdline`);
  if (command.includes("apps/serve.ts") && !command.includes("\0task\0")) return id;
  return serverBelow(Number(Deno.readTextFileSync(path).trim().split(" ")[0]));
}

async function withServer(measure: (server: Server) => Promise<void>): Promise<void> {
  const { tasks } = JSON.parse(await Deno.readTextFile(new URL("deno.json", root)));
  const command: string = tasks.serve.command;
  const process = new Deno.Command("bash", {
    args: ["-c", `exec ${command} --port 0`],
    cwd: root,
    stdout: "piped",
    stderr: "null",
  }).spawn();
  try {
    let said = "";
    for await (const text of process.stdout.pipeThrough(new TextDecoderStream())) {
      said += text;
      const url = /^(http:\/\/\S+)\n/.exec(said)?.[1];
      if (url === undefined) continue;
      await measure({ url, id: serverBelow(process.pid) });
      break;
    }
  } finally {
    process.kill("SIGINT");
    await process.status;
  }
}

/** How many file descriptors a process has open. */
const descriptors = (id: number) => [...Deno.readDirSync(`/proc/${id}/fd`)].length;

async function heads({ url, id }: Server): Promise<void> {
  const files: { name: string }[] = await (await fetch(new URL("/model", url))).json();
  const count = 1000;
  const head = async (i: number) => {
    const path = `/model/${files[i % files.length]!.name}`;
    const { ok } = await fetch(new URL(path, url), { method: "HEAD" });
    if (!ok) throw new Error(`HEAD ${path} was refused`);
  };
  await head(0);
  const before = descriptors(id);
  for (let i = 0; i < count; i++) await head(i);
  console.log(`${count} HEAD requests: ${before} descriptors before, ${descriptors(id)} after`);
}

async function aborted({ url }: Server): Promise<void> {
  const { test } = await loadMiniature();
  const text = test.map((article) => article.text).join("\n").slice(0, 5000);
  const ask = (body: unknown, signal?: AbortSignal) =>
    fetch(new URL("/api/explain", url), {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      ...(signal && { signal }),
    });
  const count = 50;
  // As a server that has run for a while: the process that stands by is there.
  await new Promise((resolve) => setTimeout(resolve, 5000));
  const leave = new AbortController();
  const given = Array.from(
    { length: count },
    () => ask({ text, explainer: "shapley" }, leave.signal).then(() => 0, () => 1),
  );
  await new Promise((resolve) => setTimeout(resolve, 1000));
  leave.abort();
  const left = (await Promise.all(given)).reduce((sum: number, one) => sum + one, 0);
  const began = performance.now();
  const response = await ask({ text: test[0]!.text });
  await response.json();
  const seconds = ((performance.now() - began) / 1000).toFixed(2);
  console.log(
    `${left} of ${count} requests for shapley given up after 1 s: the next was answered (${response.status}) ` +
      `after ${seconds} s`,
  );
}

const measures: Readonly<Record<string, (server: Server) => Promise<void>>> = { heads, aborted };
const measure = measures[Deno.args[0] ?? ""];
if (measure === undefined) {
  console.error(`error: Say what to measure: ${Object.keys(measures).join(" or ")}`);
  Deno.exit(2);
}
await withServer(measure);
