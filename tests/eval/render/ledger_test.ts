import { conv1d, dense, explain, maxOverTime, parallel } from "@heatword/core";
import { networkModel } from "@heatword/explainers/check";
import "@heatword/explainers/lrp";
import { assertEquals } from "@std/assert";
import { ledgerTable } from "../../../eval/render/_ledger.ts";

Deno.test("ledgerTable() lists branches below the layer that they make up", async () => {
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
  const { ledger } = await explain("lrp", model, input, 0);
  const { head, rows } = ledgerTable(ledger!, "- ");
  assertEquals(rows.map(([name]) => name), [
    "dense",
    "parallel",
    "- max",
    "- width 1",
    "- max",
    "- width 2",
  ]);
  assertEquals(head, ["layer", "rule", "received", "passed", "by biases", "by stabiliser"]);
  const entry = { layer: "s", rule: "identity", received: 2, passed: 1, bias: 1, stabilizer: 0 };
  const withKept = ledgerTable([{ ...entry, kept: 1 }, entry], "");
  assertEquals(withKept.head.at(-1), "kept");
  assertEquals(withKept.rows.map((row) => row.at(-1)), ["1", "0"]);
});
