import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { HeavyPairs } from "../../../eval/atlas/_heavy_pairs.ts";

Deno.test("HeavyPairs keeps every pair that has more than its share of the sum", () => {
  const stream = fc.array(fc.tuple(fc.nat(30), fc.integer({ min: 1, max: 9 })), { maxLength: 300 });
  fc.assert(fc.property(stream, fc.integer({ min: 1, max: 12 }), (stream, room) => {
    const pairs = new HeavyPairs(room);
    const sums = new Map<number, number>();
    let whole = 0;
    for (const [key, weight] of stream) {
      pairs.add(key, weight);
      sums.set(key, (sums.get(key) ?? 0) + weight);
      whole += weight;
    }
    const kept = pairs.keys();
    assertEquals(kept.length, Math.min(room, sums.size));
    assertEquals(new Set(kept).size, kept.length);
    for (const [key, sum] of sums) if (sum > whole / room) assertEquals(kept.includes(key), true);
  }));
});

Deno.test("HeavyPairs is exact while there is room", () => {
  const pairs = new HeavyPairs(4);
  for (const [key, weight] of [[7, 1], [5, 3], [7, 4], [9, 2]] as const) pairs.add(key, weight);
  assertEquals(pairs.keys(), [7, 5, 9]);
});

Deno.test("HeavyPairs lets a pair that comes late inherit the sum that it displaces", () => {
  const pairs = new HeavyPairs(2);
  // 8 takes the place of 7 with 2 + 2, which is more than 9 has.
  for (const [key, weight] of [[9, 3], [7, 2], [8, 2]] as const) pairs.add(key, weight);
  assertEquals(pairs.keys(), [8, 9]);
});
