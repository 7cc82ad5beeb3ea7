import { conv1d, dense, explain, maxOverTime, parallel } from "@heatword/core";
import { networkModel } from "@heatword/explainers/check";
import "@heatword/explainers/lrp";
import { assertEquals } from "@std/assert";
import { ledgerRows } from "../../../eval/render/_ledger.ts";

Deno.test("ledgerRows() lists branches below the layer that they make up", () => {
  const ones = (count: number) => new Float64Array(count).fill(1);
  const branch = (width: number) => [
    conv1d(ones(width), ones(1), width, `width ${width}`),
    maxOverTime(),
  ];
  const model = networkModel({
    classes: ["a", "b"],
    layers: [parallel([branch(1), branch(2)]), dense(ones(4), ones(2))],
    dimensions: 1,
    minLength: 2,
    vectorOf: () => undefined,
  });
  const input = { length: 3, dimensions: 1, vectors: Float64Array.of(1, 2, 3) };
  const { ledger } = explain("lrp", model, input, 0);
  assertEquals(ledgerRows(ledger!).map(({ entry, depth }) => [entry.layer, depth]), [
    ["dense", 0],
    ["parallel", 0],
    ["max", 1],
    ["width 1", 1],
    ["max", 1],
    ["width 2", 1],
  ]);
});
