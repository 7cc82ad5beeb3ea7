/**
 * The API under load: a thousand requests in a row, then fifty at once, each an LRP of a post of the
 * miniature corpus. Start the server and measure it by
 *
 *     deno task serve
 *     deno run -A bench/apps/server_bench.ts http://127.0.0.1:8000/ [process id]
 *
 * With a process id, the memory of that process and its children is printed (on Linux).
 *
 * @module
 */
import { loadMiniature } from "@heatword/datasets/miniature";

const [address = "http://127.0.0.1:8000/", id] = Deno.args;
const { test } = await loadMiniature();
const url = new URL("/api/explain", address);

async function ask(i: number): Promise<number> {
  const began = performance.now();
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ text: test[i % test.length]!.text }),
  });
  if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
  await response.json();
  return performance.now() - began;
}

/** Resident memory of a process and its children, in MB. */
function memory(id: string): number {
  const status = Deno.readTextFileSync(`/proc/${id}/status`);
  let sum = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) * 1.024e-3;
  for (const { name } of Deno.readDirSync(`/proc/${id}/task`)) {
    const children = Deno.readTextFileSync(`/proc/${id}/task/${name}/children`).trim();
    for (const child of children === "" ? [] : children.split(" ")) sum += memory(child);
  }
  return sum;
}

function report(what: string, times: readonly number[]): void {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))]!.toFixed(1);
  const used = id === undefined ? "" : `; memory ${memory(id).toFixed(0)} MB`;
  console.log(`${what}: median ${at(0.5)} ms, 99 % within ${at(0.99)} ms${used}`);
}

for (const name of ["first 250", "next 250", "next 250", "last 250"]) {
  const times: number[] = [];
  for (let i = 0; i < 250; i++) times.push(await ask(i));
  report(`${name} of 1,000 in a row`, times);
}
report("50 at once", await Promise.all(Array.from({ length: 50 }, (_, i) => ask(i))));
