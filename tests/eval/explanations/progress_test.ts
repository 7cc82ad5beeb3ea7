import { defineModel, type Progress } from "@heatword/core";
import { explainDocument } from "@heatword/eval/explanations";
import { miniModel } from "@heatword/explainers/check";
import { getExplainer } from "@heatword/core";
import "@heatword/explainers";
import { assertEquals } from "@std/assert";

const document = {
  text: "red",
  tokens: [{ text: "red", start: 0, end: 3 }],
};

/** A model whose score is the number of words that are there. */
const counting = (length: number) =>
  defineModel({
    classes: ["a", "b"],
    // Its batches are the same however busy the machine is.
    walksCoalitions: true,
    encode: () => ({ length, present: length }),
    score: ({ present }) => Float64Array.of(present, -present),
    withoutWords: (input, positions) => ({
      ...input,
      present: input.present - [...positions].length,
    }),
  });

async function reportsOf(
  model: Parameters<typeof explainDocument>[0],
  asked: readonly (readonly [name: string, options: Record<string, number | boolean>])[],
): Promise<Progress[]> {
  const reports: Progress[] = [];
  const explainers = asked.map(([name, options]) => ({ explainer: getExplainer(name), options }));
  const request = { explainers, targets: ["predicted"], ledger: false };
  await explainDocument(model, document, request, { onProgress: (one) => reports.push(one) });
  return reports;
}

Deno.test("explaining tells by which explainer it is, from the beginning on", async () => {
  const model = counting(300);
  const reports = await reportsOf(model as Parameters<typeof explainDocument>[0], [
    ["occlusion", {}],
    ["lime", { samples: 500 }],
  ]);
  assertEquals(
    reports.map(({ task, done, total, unit }) => [task, done, total, unit]),
    // The whole text is a coalition, too.
    [
      ["Explaining by occlusion", 0, 301, "coalitions"],
      ["Explaining by occlusion", 256, 301, "coalitions"],
      ["Explaining by occlusion", 301, 301, "coalitions"],
      ["Explaining by lime", 0, 500, "coalitions"],
      ["Explaining by lime", 256, 500, "coalitions"],
      ["Explaining by lime", 500, 500, "coalitions"],
    ],
  );
});

Deno.test("explainers that take many gradients report each", async () => {
  const reports = await reportsOf(miniModel() as Parameters<typeof explainDocument>[0], [
    ["smoothgrad", { samples: 4 }],
    ["integrated-gradients", { steps: 3, exact: false }],
  ]);
  assertEquals(
    reports.map(({ task, done, total }) => [task, done, total]),
    [
      ...[1, 2, 3, 4].map((done) => ["Explaining by smoothgrad", done, 4]),
      ...[1, 2, 3].map((done) => ["Explaining by integrated-gradients", done, undefined]),
    ],
  );
});
