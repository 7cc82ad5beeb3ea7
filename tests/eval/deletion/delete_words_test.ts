import {
  defineModel,
  explain,
  type Input,
  type LayeredModel,
  Random,
  type VectorInput,
} from "@heatword/core";
import "@heatword/explainers";
import { miniModel } from "@heatword/explainers/check";
import { deleteWords, deletionFlags } from "@heatword/eval/deletion";
import { Explanations } from "@heatword/eval/explanations";
import { assertEquals } from "@std/assert";
import { drawnDocuments } from "../_documents.ts";

const model = miniModel({ classes: 4, filters: 6 });

/** Runs the layers on the vectors with some of them zero: the slow way. */
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
    const min = Math.min(...left);
    order.push(left.findIndex((value, t) => value === min && !order.includes(t)));
  }
  return order;
}

Deno.test("deleteWords() agrees with recomputing every deletion by the layers", async () => {
  const groups = new Set<number>();
  for (const [index, { document, label }] of drawnDocuments(60, 4).entries()) {
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
    for (const [row, explainer] of ["lrp", "sa"].entries()) {
      const relevance = [...(await explain(explainer, model, input, label)).words].slice(0, words);
      check(row, naiveRanking(relevance, correct));
    }
    for (let run = 0; run < 2; run++) {
      const ranking = Array.from({ length: words }, (_, t) => t);
      new Random(11).fork(index).fork(run).shuffle(ranking);
      check(2 + run, ranking);
    }
  }
  assertEquals(groups, new Set([0, 1]), "both experiments must be covered");
});

Deno.test("deletionFlags() leaves the input as it was and repeats the last flag", async () => {
  const input = model.encode(drawnDocuments(4, 4)[3]!.document);
  const before = input.vectors.slice();
  const flags = await deletionFlags(model, input, 0, [[2, 0, 1], [1]], 7);
  assertEquals(input.vectors, before);
  assertEquals(flags.length, 2 * 8);
  const expected = [[2, 0, 1], [1]].flatMap((ranking) =>
    Array.from(
      { length: 8 },
      (_, k) => Number(naivePrediction(model, input, ranking.slice(0, k)) === 0),
    )
  );
  assertEquals([...flags], expected);
});

/** A model of nine words that is told what is deleted; class 0 wins while word 6 is there. */
function listening(walksCoalitions = false) {
  const asked: number[][] = [];
  const withoutWords = (input: Input, positions: Iterable<number>) => ({
    ...input,
    gone: [...positions],
  });
  const score = ({ gone = [] }: Input & { gone?: number[] }) => {
    asked.push(gone);
    return new Float64Array([gone.includes(6) ? 0 : 1, 0.5]);
  };
  const listener = defineModel({
    classes: ["there", "gone"],
    encode: (): Input => ({ length: 9 }),
    withoutWords,
    score,
    walksCoalitions,
  });
  return { listener, asked };
}

Deno.test("deletionFlags() deletes no more than it is asked to, one word more at a time", async () => {
  const { listener, asked } = listening();
  const flags = await deletionFlags(listener, { length: 9 }, 0, [[5, 6, 7, 8], [8, 2]], 2);
  assertEquals([...flags], [1, 1, 0, 1, 1, 1]);
  // The whole text is scored once, though every order begins with it.
  assertEquals(asked, [[], [5], [5, 6], [8], [2, 8]]);
});

for (const walks of [true, false]) {
  Deno.test(`deletionFlags() takes up an order again where a batch ends within it, ${walks ? "and asks a model that walks for all" : "and asks for nothing twice"}`, async () => {
    // 30 orders of 10 steps each: the batches of 256 end within the 26th.
    const { listener, asked } = listening(walks);
    const orders = Array.from(
      { length: 30 },
      (_, i) => [...Array(9).keys()].map((k) => (k + i) % 9),
    );
    const flags = await deletionFlags(listener, { length: 9 }, 0, orders, 9);
    const first = (order: number[], k: number) => order.slice(0, k).toSorted((a, b) => a - b);
    const all = orders.flatMap((order) => [...Array(10).keys()].map((k) => first(order, k)));
    const once = all.filter((set, i) => all.findIndex((other) => `${other}` === `${set}`) === i);
    assertEquals(asked, walks ? all : once);
    assertEquals(
      [...flags],
      orders.flatMap((order) => [...Array(10).keys()].map((k) => Number(k <= order.indexOf(6)))),
    );
  });
}
