import type { Progress } from "@heatword/core";
import { assertEquals } from "@std/assert";
import { type Cost, tellCost } from "../../../apps/explain/_cost.ts";

/** What is told of some batches of 10 texts, each of which takes so many milliseconds. */
function told(took: number, cost: Partial<Cost>, batches = 3): { lines: string[]; seen: number } {
  const lines: string[] = [];
  let time = 1000;
  let seen = 0;
  const all = { texts: 1022, model: {}, say: (line: string) => lines.push(line), now: () => time };
  const report = tellCost({ ...all, ...cost }, () => seen++);
  const progress = { task: "Explaining by lime", total: 1000 };
  report({ ...progress, done: 5, unit: "gradients" });
  for (let batch = 0; batch <= batches; batch++, time += took) {
    report({ ...progress, done: 10 * batch, unit: "coalitions" } as Progress);
  }
  return { lines, seen };
}

Deno.test("the cost is told once, after the first batch, where it is worth it", () => {
  assertEquals(told(400, {}), { lines: ["1,022 texts to score; about 40 s"], seen: 5 });
  assertEquals(told(19, {}).lines, []);
  assertEquals(told(4000, {}).lines, ["1,022 texts to score; about 7 min"]);
  assertEquals(told(200_000, {}).lines, ["1,022 texts to score; about 6 h"]);
  assertEquals(told(400, { texts: 12 }).lines, []);
});

Deno.test("of a server it tells the requests, and whether so many are allowed", () => {
  const model = { batchSize: 10, concurrency: 4, requests: 3 };
  assertEquals(told(400, { model }).lines, [
    "1,022 texts to score, in about 102 requests more; about 10 s",
  ]);
  assertEquals(told(400, { model, maxRequests: 50 }).lines, [
    "1,022 texts to score, in about 102 requests more; about 10 s; --max-requests allows 47",
  ]);
});
