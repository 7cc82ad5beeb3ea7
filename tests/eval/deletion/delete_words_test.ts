import {
  explain,
  type LayeredModel,
  type Perturbation,
  Random,
  recomputingPerturbation,
  type VectorInput,
} from "@heatword/core";
import "@heatword/explainers";
import { miniModel } from "@heatword/explainers/check";
import { deleteWords, deletionFlags } from "@heatword/eval/deletion";
import { Explanations } from "@heatword/eval/explanations";
import { assert, assertEquals } from "@std/assert";
import { drawnDocuments } from "../_documents.ts";

const model = miniModel({ classes: 4, filters: 6 });

/** Runs the layers on the vectors with some of them zero: the slow way, without `perturb`. */
function naivePrediction(model: LayeredModel, input: VectorInput, deleted: number[]): number {
  const { dimensions } = input;
  const data = Float64Array.from(
    input.vectors,
    (value, i) => deleted.includes(Math.floor(i / dimensions)) ? 0 : value,
  );
  let tensor = { shape: [input.length, dimensions] as readonly number[], data: data as never };
  for (const layer of model.layers) tensor = layer.forward(tensor) as never;
  const scores = [...(tensor.data as Float64Array)];
  return scores.indexOf(Math.max(...scores));
}

/** Positions by repeated search for the extreme. */
function naiveRanking(relevance: number[], decreasing: boolean): number[] {
  const signed = relevance.map((value) => decreasing ? -value : value);
  const order: number[] = [];
  while (order.length < signed.length) {
    const left = signed.map((value, t) => order.includes(t) ? Infinity : value);
    const least = Math.min(...left);
    order.push(left.findIndex((value, t) => value === least && !order.includes(t)));
  }
  return order;
}

Deno.test("deleteWords() agrees with recomputing every deletion by the layers", () => {
  const groups = new Set<number>();
  drawnDocuments(60, 4).forEach(async ({ document, label }, index) => {
    const input = model.encode(document);
    const words = document.tokens.length;
    const options = { deletions: 5, runs: 2 };
    const random = new Random(11).fork(index);
    const explanations = new Explanations(model, input, 1);
    const { flags } = await deleteWords(explanations, words, label, ["lrp", "sa"], random, options);
    const correct = naivePrediction(model, input, []) === label;
    groups.add(Number(correct));
    const check = (row: number, ranking: number[]) => {
      for (let k = 0; k <= 5; k++) {
        const expected = naivePrediction(model, input, ranking.slice(0, k)) === label;
        assertEquals(flags[row * 6 + k], Number(expected), `document ${index}, row ${row}, ${k}`);
      }
    };
    ["lrp", "sa"].forEach(async (explainer, row) => {
      const relevance = [...(await explain(explainer, model, input, label)).words].slice(0, words);
      check(row, naiveRanking(relevance, correct));
    });
    for (let run = 0; run < 2; run++) {
      const ranking = Array.from({ length: words }, (_, t) => t);
      new Random(11).fork(index).fork(run).shuffle(ranking);
      check(2 + run, ranking);
    }
  });
  assertEquals(groups, new Set([0, 1]), "both experiments must be covered");
});

Deno.test("deletionFlags() restores what it deleted and repeats the last flag", async () => {
  const input = model.encode(drawnDocuments(4, 4)[3]!.document);
  const perturbation = recomputingPerturbation(model, input);
  const before = [...perturbation.scores()];
  const flags = await deletionFlags(perturbation, 0, [2, 0, 1], 7);
  assertEquals([...perturbation.scores()], before);
  assertEquals(flags.length, 8);
  assert(flags.subarray(3).every((flag) => flag === flags[3]));
});

Deno.test("deletionFlags() deletes no more than it is asked to", async () => {
  const calls: number[] = [];
  const perturbation: Perturbation = {
    length: 9,
    delete: (t) => void calls.push(t),
    restore: (t) => void calls.push(-t),
    isDeleted: () => false,
    scores: () => new Float64Array([1, 0]),
  };
  assertEquals([...await deletionFlags(perturbation, 0, [5, 6, 7, 8], 2)], [1, 1, 1]);
  assertEquals(calls, [5, 6, -5, -6]);
});
