import {
  Coalitions,
  defineModel,
  explain,
  type FloatArray,
  type Progress,
  scoreCoalitions,
  scoreEach,
} from "@heatword/core";
import { occlusion } from "@heatword/explainers/occlusion";
import { assertEquals, assertRejects } from "@std/assert";

interface Sum {
  readonly length: number;
  readonly deleted: readonly number[];
}

/** A model of T words that scores Σ 2^t over the words that are there; it counts its batches. */
function sumModel(length: number, later = false) {
  const batches: number[] = [];
  const score = ({ deleted }: Sum) => {
    let sum = 0;
    for (let t = 0; t < length; t++) if (!deleted.includes(t)) sum += 2 ** t;
    return Float64Array.of(sum, -sum);
  };
  const withoutWords = (input: Sum, positions: Iterable<number>): Sum => ({
    ...input,
    deleted: [...input.deleted, ...positions],
  });
  const model = defineModel({
    classes: ["up", "down"],
    encode: (): Sum => ({ length, deleted: [] }),
    withoutWords,
    scores(input: Sum, coalitions?: Coalitions) {
      batches.push(coalitions?.size ?? 1);
      const found = coalitions ? scoreEach(input, coalitions, withoutWords, score) : score(input);
      return later ? Promise.resolve(found) : found;
    },
  });
  return { model, batches, input: model.encode({ text: "", tokens: [] }) };
}

Deno.test("scoreEach() scores at once or later, as its function does", async () => {
  const { model, input } = sumModel(3);
  const coalitions = Coalitions.without(3, [[], [0], [0, 2]]);
  const without = (from: Sum, positions: Iterable<number>) => model.withoutWords(from, positions);
  const now = scoreEach(input, coalitions, without, (one) => model.scores(one) as FloatArray);
  assertEquals(now, Float64Array.of(7, -7, 6, -6, 2, -2));
  const then = scoreEach(input, coalitions, without, async (one) => await model.scores(one));
  assertEquals(then instanceof Promise, true);
  assertEquals(await then, now);
  assertEquals(scoreEach(input, new Coalitions(3, 0), without, () => now), new Float64Array());
});

for (const later of [false, true]) {
  Deno.test(`scoreCoalitions() asks in bounded batches, of a model that answers ${later ? "later" : "at once"}`, async () => {
    const { model, input, batches } = sumModel(12, later);
    const found: number[] = [];
    const reports: Progress[] = [];
    await scoreCoalitions(model, input, {
      total: 600,
      fill(coalitions, first) {
        for (let m = 0; m < coalitions.size; m++) coalitions.delete(m, (first + m) % 12);
      },
      take: (scores, index) => found[index] = scores[0]!,
      onProgress: (progress) => reports.push(progress),
    });
    assertEquals(batches, [256, 256, 88]);
    assertEquals(found, Array.from({ length: 600 }, (_, i) => 4095 - 2 ** (i % 12)));
    assertEquals(reports.map(({ done }) => done), [0, 256, 512, 600]);
    assertEquals(reports.map(({ total }) => total), [600, 600, 600, 600]);
  });
}

Deno.test("scoreCoalitions() refuses a model that gives too few scores", async () => {
  const { model, input } = sumModel(3);
  const short = { ...model, scores: () => new Float64Array(3) };
  const work = { total: 4, fill: () => {}, take: () => {} };
  await assertRejects(
    () => scoreCoalitions(short, input, work),
    TypeError,
    "The model gave 3 scores for 4 coalitions of 2 classes",
  );
});

Deno.test("a signal stops an explanation between two batches", async () => {
  const { model, input, batches } = sumModel(900);
  const controller = new AbortController();
  const onProgress = ({ done }: Progress) => {
    if (done > 0) controller.abort(new Error("nobody waits"));
  };
  const settings = { signal: controller.signal, onProgress };
  await assertRejects(
    async () => await explain(occlusion, model, input, 0, {}, settings),
    Error,
    "nobody waits",
  );
  assertEquals(batches, [256]);
});

Deno.test("an explanation of a model that answers later is that of one that answers at once", async () => {
  const [now, later] = [sumModel(5), sumModel(5, true)];
  const expected = await explain(occlusion, now.model, now.input, { of: 0, against: 1 });
  assertEquals([...expected.words], [2, 4, 8, 16, 32]);
  assertEquals(await explain(occlusion, later.model, later.input, { of: 0, against: 1 }), expected);
});
