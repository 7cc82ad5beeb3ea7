import { assertEquals } from "@std/assert";
import { parquetReadObjects } from "hyparquet";
import type { Group } from "@heatword/eval/batch";
import { writeParquet } from "../../../eval/batch/_parquet.ts";
import { testPermitted } from "../../_skip.ts";

const test = testPermitted("read", "write");

const record = (i: number) => ({
  id: String(i),
  label: i % 3 ? "a" : null,
  explainer: "lrp",
  target: "a",
  score: i / 7,
  predicted: "a",
  runner_up: null,
  truncated: 0,
  text: `moon ${i} é`,
  scores: { a: i, b: -1 },
  tokens: ["moon", String(i)],
  starts: [0, 5],
  ends: [4, 6],
  relevance: [i, 0.5],
  unknown: i % 2 ? [1] : [],
  unseen_starts: [7],
  unseen_ends: [8],
  unseen_reasons: ["filtered"],
});

test("writeParquet() goes on behind the last group whenever it is stopped", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const records = Array.from({ length: 200 }, (_, i) => record(i));
    const from = `${folder}/records`;
    await Deno.writeTextFile(from, records.map((row) => `${JSON.stringify(row)}\n`).join(""));
    const max = 4000;
    let whole = 0;
    await writeParquet(from, `${folder}/whole`, [], () => whole++, { max });
    const groups: Group[] = [];
    let stops = 0;
    // Each time it gets one group further, and half of the next one.
    for (let ended = false; !ended; stops++) {
      let more = 0;
      try {
        await writeParquet(from, `${folder}/part`, groups.slice(), (group) => {
          groups.push(group);
          if (++more === 1) throw new Error("stopped");
        }, { max });
        ended = true;
      } catch (error) {
        assertEquals((error as Error).message, "stopped");
        await Deno.writeFile(`${folder}/part`, new Uint8Array(99), { append: true });
      }
    }
    assertEquals([groups.length, stops], [whole, whole + 1]);
    const part = await Deno.readFile(`${folder}/part`);
    assertEquals(part, await Deno.readFile(`${folder}/whole`));
    assertEquals(await parquetReadObjects({ file: part.buffer }), records);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
