/**
 * Reads a table full of stray quotes, and one of twice the size, and tells by how much the processor
 * time grows; takes the size in MB as an argument.
 *
 * @module
 */
import process from "node:process";
import { readRows } from "@heatword/datasets/tables";
import { countOf } from "./_folder.ts";

const size = countOf(Deno.args[0], 100);
const kinds = ['a"b,"c\n', '1,"never closed\n'];

async function* table(line: string, bytes: number): AsyncGenerator<Uint8Array> {
  const block = new TextEncoder().encode(line.repeat(Math.floor(65_536 / line.length)));
  yield new TextEncoder().encode("id,text\n");
  for (let left = bytes; left > 0; left -= block.length) {
    yield left < block.length ? block.subarray(0, left) : block;
  }
}

async function seconds(line: string, bytes: number): Promise<[number, number, number]> {
  const before = process.cpuUsage();
  let [good, bad] = [0, 0];
  for await (const rows of readRows(table(line, bytes), { kind: "csv" })) {
    for (const { fault } of rows) fault === undefined ? good++ : bad++;
  }
  const { user, system } = process.cpuUsage(before);
  return [(user + system) / 1e6, good, bad];
}

for (const line of kinds) {
  await seconds(line, 5e6);
  const halves: [number, number, number][] = [];
  const wholes: [number, number, number][] = [];
  // In turn, as other programs make the processor slower now and then; the faster counts.
  for (let i = 0; i < 2; i++) {
    halves.push(await seconds(line, size * 5e5));
    wholes.push(await seconds(line, size * 1e6));
  }
  const fastest = (runs: typeof wholes) => Math.min(...runs.map(([time]) => time));
  const [, good, bad] = wholes[0]!;
  console.log(
    `${JSON.stringify(line).padEnd(22)} ${size} MB: ${fastest(wholes).toFixed(1)} s, ` +
      `${(fastest(wholes) / fastest(halves)).toFixed(2)} times the time of half of it; ` +
      `${good.toLocaleString("en")} rows read, ${bad.toLocaleString("en")} lines rejected`,
  );
}
const { rss } = Deno.memoryUsage();
console.log(`memory at the end: ${(rss / 1e6).toFixed(0)} MB`);
