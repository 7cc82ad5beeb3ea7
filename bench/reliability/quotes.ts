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

/** A reading that is done bit by bit. */
class Reading {
  readonly #lists: AsyncGenerator<readonly { readonly fault?: string }[]>;
  seconds = 0;
  good = 0;
  bad = 0;

  constructor(line: string, bytes: number) {
    this.#lists = readRows(table(line, bytes), { kind: "csv" });
  }

  /** Reads some lists of rows; tells whether there are more. */
  async step(lists: number): Promise<boolean> {
    const before = process.cpuUsage();
    let more = true;
    for (let i = 0; i < lists && more; i++) {
      const { value, done } = await this.#lists.next();
      for (const { fault } of value ?? []) fault === undefined ? this.good++ : this.bad++;
      more = !done;
    }
    const { user, system } = process.cpuUsage(before);
    this.seconds += (user + system) / 1e6;
    return more;
  }
}

for (const line of kinds) {
  await new Reading(line, 5e6).step(Infinity);
  const half = new Reading(line, size * 5e5);
  const whole = new Reading(line, size * 1e6);
  // Side by side, as other programs make the processor slower now and then.
  for (let more = true; more;) {
    const halfMore = await half.step(16);
    more = await whole.step(32) || halfMore;
  }
  console.log(
    `${JSON.stringify(line).padEnd(22)} ${size} MB: ${whole.seconds.toFixed(1)} s, ` +
      `${(whole.seconds / half.seconds).toFixed(2)} times the time of half of it; ` +
      `${whole.good.toLocaleString("en")} rows read, ` +
      `${whole.bad.toLocaleString("en")} lines rejected`,
  );
}
const { rss } = Deno.memoryUsage();
console.log(`memory at the end: ${(rss / 1e6).toFixed(0)} MB`);
