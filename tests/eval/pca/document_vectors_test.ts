import { explain, Random } from "@heatword/core";
import "@heatword/explainers";
import { miniModel } from "@heatword/explainers/check";
import { Explanations } from "@heatword/eval/explanations";
import {
  defaultPanels,
  documentVectors,
  elementwiseSum,
  inverseDocumentFrequencies,
  type Panel,
  toUnitNorm,
} from "@heatword/eval/pca";
import { assert, assertAlmostEquals, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { drawnDocument } from "../_documents.ts";

const model = miniModel();
const document = drawnDocument(new Random(4), 9);
const input = model.encode(document);

/** Unit norm by definition. */
function unit(vector: number[]): number[] {
  const norm = Math.sqrt(vector.reduce((sum, x) => sum + x * x, 0));
  return vector.map((x) => norm === 0 ? 0 : x / norm);
}

Deno.test("documentVectors() are the weighted sums of the definition, of unit norm", async () => {
  const tfIdf: Panel = { id: "tf-idf", label: "TF-IDF", weights: "tf-idf" };
  const panels = [...defaultPanels(["lrp", "sa"], ["lrp", "sa"]), tfIdf];
  const frequencies = inverseDocumentFrequencies([document, drawnDocument(new Random(5), 2)]);
  const vectors = await documentVectors(
    document,
    new Explanations(model, input, 0),
    2,
    panels,
    frequencies,
  );
  const D = input.dimensions;
  const word = (t: number, d: number) => input.vectors[t * D + d]!;
  const lrp = await explain("lrp", model, input, 2);
  const sa = await explain("sa", model, input, 2);
  const sum = (weight: (t: number, d: number) => number) =>
    unit(Array.from({ length: D }, (_, d) => {
      let total = 0;
      for (let t = 0; t < 9; t++) total += weight(t, d) * word(t, d);
      return total;
    }));
  const expected = [
    sum((t, d) => lrp.values![t * D + d]!),
    sum((t) => lrp.words[t]!),
    sum((t, d) => sa.values![t * D + d]!),
    sum((t) => sa.words[t]!),
    sum((t) => Math.sqrt(sa.words[t]!)),
    sum(() => 1),
    sum((t) => frequencies.get(document.tokens[t]!.text)!),
  ];
  expected.forEach((vector, p) => {
    vector.forEach((x, d) => assertAlmostEquals(vectors[p * D + d]!, x, 1e-6, panels[p]!.label));
  });
});

Deno.test("documentVectors() of an empty document are zero", async () => {
  const empty = { text: "", tokens: [] };
  const explanations = new Explanations(model, model.encode(empty), 0);
  const vectors = await documentVectors(empty, explanations, 0, defaultPanels(["lrp"], ["lrp"]));
  assert(vectors.every((x) => x === 0));
});

Deno.test("documentVectors() says so when the model has no word vectors", async () => {
  const blind = new Explanations(model, { length: 2 }, 0);
  await assertRejects(
    async () => await documentVectors(document, blind, 0, []),
    TypeError,
    "no word vectors",
  );
});

Deno.test("elementwiseSum() refuses values of another shape", () => {
  assertThrows(() => elementwiseSum(input, new Float64Array(3)), RangeError, "3 relevances");
});

Deno.test("toUnitNorm() neither overflows nor vanishes, and leaves zero alone", () => {
  assertEquals([...toUnitNorm(new Float64Array([3e200, 4e200]))], [0.6, 0.8]);
  assertEquals([...toUnitNorm(new Float64Array([3e-200, -4e-200]))], [0.6, -0.8]);
  assertEquals([...toUnitNorm(new Float64Array([0, 0]))], [0, 0]);
  assertThrows(() => toUnitNorm(new Float64Array([Infinity])), RangeError, "Infinity");
});
