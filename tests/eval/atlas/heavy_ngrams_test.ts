import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { HeavyNgrams } from "../../../eval/atlas/_heavy_ngrams.ts";

Deno.test("HeavyNgrams keeps every n-gram that has more than its share of the sum", () => {
  const stream = fc.array(fc.tuple(fc.nat(30), fc.integer({ min: 1, max: 9 })), { maxLength: 300 });
  fc.assert(fc.property(stream, fc.integer({ min: 1, max: 12 }), (stream, room) => {
    const ngrams = new HeavyNgrams(room);
    const sums = new Map<string, number>();
    let whole = 0;
    for (const [number, weight] of stream) {
      const key = String(number);
      ngrams.add(key, weight);
      sums.set(key, (sums.get(key) ?? 0) + weight);
      whole += weight;
    }
    const kept = ngrams.keys();
    assertEquals(kept.length, Math.min(room, sums.size));
    assertEquals(new Set(kept).size, kept.length);
    for (const [key, sum] of sums) if (sum > whole / room) assertEquals(kept.includes(key), true);
  }));
});

Deno.test("HeavyNgrams is exact while there is room, and lists equals by the alphabet", () => {
  const ngrams = new HeavyNgrams(4);
  for (const [key, weight] of [["7", 1], ["5", 3], ["7", 4], ["9", 2], ["4", 2]] as const) {
    ngrams.add(key, weight);
  }
  assertEquals(ngrams.keys(), ["7", "5", "4", "9"]);
});

Deno.test("HeavyNgrams lets one that comes late inherit the sum that it displaces", () => {
  const ngrams = new HeavyNgrams(2);
  // 8 takes the place of 7 with 2 + 2, which is more than 9 has.
  for (const [key, weight] of [["9", 3], ["7", 2], ["8", 2]] as const) ngrams.add(key, weight);
  assertEquals(ngrams.keys(), ["8", "9"]);
});
