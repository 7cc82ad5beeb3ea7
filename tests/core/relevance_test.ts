import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { type Relevance, relevanceFromJSON, relevanceToJSON } from "@heatword/core";

const through = (relevance: Relevance) =>
  relevanceFromJSON(JSON.parse(JSON.stringify(relevanceToJSON(relevance))));

const number = fc.double({ noNaN: true, noDefaultInfinity: true })
  .map((value) => Object.is(value, -0) ? 0 : value);
const numbers = fc.array(number, { maxLength: 9 }).map((values) => Float64Array.from(values));
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

const plain = { noNullPrototype: true };
const relevances = fc.record({
  explainer: fc.constant("lrp"),
  options: fc.dictionary(
    fc.stringMatching(/^[a-z-]+$/),
    fc.oneof(number, fc.boolean(), fc.string()),
    plain,
  ),
  target: fc.oneof(
    fc.nat({ max: 19 }),
    fc.record({ of: fc.nat({ max: 19 }), against: fc.nat({ max: 19 }) }, plain),
  ),
  score: number,
  words: numbers,
  pooling: optional(fc.constantFrom("sum", "l2")),
  values: optional(
    fc.oneof(
      numbers,
      numbers.map((values) => Float32Array.from(values, (x) => Math.fround(x) + 0)),
    ),
  ),
  dimensions: optional(fc.nat({ max: 300 })),
  standardErrors: optional(numbers),
  expectedSum: optional(number),
  ledger: optional(fc.array(fc.record({
    layer: fc.string(),
    rule: fc.string(),
    received: number,
    passed: number,
    bias: number,
    stabilizer: number,
  }, plain))),
});

Deno.test("a relevance goes through JSON without loss", () => {
  fc.assert(fc.property(relevances, (drawn) => {
    // Values that float32 rounds to infinity are not relevances.
    fc.pre(!drawn.values || drawn.values.every(Number.isFinite));
    const entries = Object.entries(drawn).filter(([, value]) => value !== undefined);
    const relevance = Object.fromEntries(entries) as unknown as Relevance;
    const back = through(relevance);
    assertEquals(back, relevance);
    assertEquals(back.values?.constructor, relevance.values?.constructor);
    assert(back.words instanceof Float64Array);
  }));
});

Deno.test("relevanceFromJSON() refuses what is not a relevance", () => {
  for (const json of [null, 3, "words", {}, { words: "none" }]) {
    assertThrows(() => relevanceFromJSON(json), TypeError, "Cannot read a relevance");
  }
});
