import {
  Coalitions,
  defineModel,
  type Input,
  listExplainers,
  type Model,
  reasonAgainst,
} from "@heatword/core";
import "@heatword/explainers";
import { miniModel } from "@heatword/explainers/check";
import { evaluateDocument } from "@heatword/eval/corpus";
import { explainDocument, textsToScore } from "@heatword/eval/explanations";
import { assertEquals } from "@std/assert";

const BATCH = 8;
const text = "the shuttle left its orbit late";
const [T, all] = [6, "0,1,2,3,4,5"];

interface Gone extends Input {
  readonly gone: readonly number[];
}

/** A model of six words that notes the words that are gone from all it scores, batch by batch. */
function counting(later: boolean) {
  const batches: string[][] = [];
  const score = (gone: readonly number[]) => {
    const there = [...Array(T).keys()].filter((t) => !gone.includes(t));
    return [there.length * there.length, there.includes(1) ? 3 : 0.5, there.length % 3];
  };
  const model = defineModel({
    classes: ["a", "b", "c"],
    batchSize: BATCH,
    encode: (): Gone => ({ length: T, gone: [] }),
    withoutWords: (input: Gone, positions) => ({ ...input, gone: [...input.gone, ...positions] }),
    scores(input: Gone, coalitions?: Coalitions) {
      const sets = coalitions
        ? Array.from({ length: coalitions.size }, (_, m) => coalitions.deleted(m))
        : [[...input.gone]];
      for (let i = 0; i < sets.length; i += BATCH) {
        batches.push(sets.slice(i, i + BATCH).map((set) => set.join()));
      }
      const found = Float64Array.from(sets.flatMap(score));
      return later ? Promise.resolve(found) : found;
    },
  });
  return { model: model as Model, batches };
}

const able = (model: Model) =>
  listExplainers().filter((explainer) => reasonAgainst(explainer, model) === undefined)
    .map((explainer) => ({ explainer, options: {} }));

for (const later of [false, true]) {
  Deno.test(`each coalition is scored once in an explanation, of a model that answers ${later ? "later" : "at once"}`, async (t) => {
    for (const explainer of able(counting(later).model)) {
      await t.step(explainer.explainer.name, async () => {
        const { model, batches } = counting(later);
        const request = { explainers: [explainer], targets: ["all", "a-vs-b"] };
        await explainDocument(model, model.read(text), request);
        const sets = batches.flat();
        assertEquals(sets.length, new Set(sets).size, "none is scored twice");
        // The whole text says which class is predicted, before anything else is known.
        assertEquals(batches[0], [""]);
        assertEquals(sets.length <= textsToScore([explainer], T), true, "no more than was told");
        const rest = sets.length - 1;
        assertEquals(
          batches.length,
          1 + Math.ceil(rest / BATCH),
          "and all batches but one are full",
        );
      });
    }
    await t.step("all explainers together", async () => {
      const { model, batches } = counting(later);
      await explainDocument(model, model.read(text), { explainers: able(model), targets: ["all"] });
      const sets = batches.flat();
      // KernelSHAP asks for every coalition of so short a text.
      assertEquals(sets.toSorted(), [...new Set(sets)].toSorted());
      assertEquals(sets.length, 2 ** T);
      assertEquals([sets.includes(""), sets.includes(all)], [true, true]);
    });
  });
}

Deno.test("what is told of the cost is what long texts cost, where nothing is drawn twice", () => {
  const all = able(counting(false).model);
  const told = all.map((one) => [one.explainer.name, textsToScore([one], 100)]);
  assertEquals(Object.fromEntries(told), {
    "occlusion": 101,
    "lime": 1000,
    "kernel-shap": 2450,
    "sampled-shapley": 4952,
    "random": 1,
  });
  // The whole text is one for all of them.
  assertEquals(textsToScore(all, 100), 101 + 1000 + 2450 + 4952 + 1 - 4);
});

Deno.test("an explanation and its deletion curves score each coalition once", async () => {
  const { model, batches } = counting(false);
  const explainers = able(model).map(({ explainer }) => explainer.name);
  const plan = { explainers, seed: 1, deletion: { minLength: 1, deletions: T, runs: 5 } };
  await evaluateDocument(model, { document: model.read(text), label: 0 }, 0, plan);
  const sets = batches.flat();
  assertEquals(sets.toSorted(), [...new Set(sets)].toSorted());
});

Deno.test("methods that go through the layers ask for the scores of a text once", async (t) => {
  const layered = miniModel();
  for (const explainer of able(layered)) {
    if (explainer.explainer.tags.needs === "scores") continue;
    await t.step(explainer.explainer.name, async () => {
      const asked: string[] = [];
      const scores: Model["scores"] = (input, coalitions) => {
        asked.push(`${(input as unknown as { vectors: Float64Array }).vectors}`);
        return layered.scores(input as never, coalitions);
      };
      const model = { ...layered, scores, withoutWords: layered.withoutWords } as Model;
      const request = { explainers: [explainer], targets: ["all"] };
      await explainDocument(model, model.read("red green blue"), request);
      assertEquals(asked.toSorted(), [...new Set(asked)].toSorted());
      assertEquals(asked.length <= 2, true, "of the whole text, and of the empty one");
    });
  }
});
