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

/** Coalitions that differ: the i-th lacks the words that are the binary digits of i. */
function fillByBits(coalitions: Coalitions, first: number): void {
  for (let m = 0; m < coalitions.size; m++) {
    for (let t = 0; t < coalitions.length; t++) {
      if (first + m >> t & 1) coalitions.delete(m, t);
    }
  }
}

/** A clock that stands still unless a model takes its time. */
function stoppedClock() {
  const { now } = performance;
  let time = 0;
  performance.now = () => time;
  return {
    pass: (milliseconds: number) => void (time += milliseconds),
    time: () => time,
    [Symbol.dispose]: () => void (performance.now = now),
  };
}

for (const later of [false, true]) {
  Deno.test(`scoreCoalitions() asks in bounded batches, of a model that answers ${later ? "later" : "at once"}`, async () => {
    using _clock = stoppedClock();
    const { model, input, batches } = sumModel(12, later);
    const found: number[] = [];
    const reports: Progress[] = [];
    await scoreCoalitions(model, input, {
      total: 600,
      fill: fillByBits,
      take: (scores, index) => found[index] = scores[0]!,
      onProgress: (progress) => reports.push(progress),
    });
    assertEquals(batches, [1, 256, 256, 87]);
    assertEquals(found, Array.from({ length: 600 }, (_, i) => 4095 - i));
    assertEquals(reports.map(({ done }) => done), [0, 1, 257, 513, 600]);
    assertEquals(new Set(reports.map(({ total }) => total)), new Set([600]));
    // How fast it is, is known now.
    await scoreCoalitions(model, { ...input }, {
      total: 300,
      fill: fillByBits,
      take() {},
    });
    assertEquals(batches.slice(4), [256, 44]);
  });
}

Deno.test("scoreCoalitions() refuses a model that gives too few scores", async () => {
  const { model, input } = sumModel(3);
  const short = { ...model, scores: () => new Float64Array(3) };
  const work = { total: 4, fill: () => {}, take: () => {} };
  await assertRejects(
    () => scoreCoalitions(short, input, work),
    TypeError,
    "The model gave 3 scores for 1 coalition of 2 classes",
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
  assertEquals(batches, [1]);
});

const cases: [took: number, total: number, batches: number[]][] = [
  [0.5, 600, [1, 256]],
  [2, 600, [1, 250]],
  [40, 100, [1, 12]],
  [900, 20, [1, 1]],
];
for (const [took, total, batches] of cases) {
  Deno.test(`progress is seen of a model that takes ${took} ms for a coalition`, async () => {
    using clock = stoppedClock();
    const slow = sumModel(12);
    const scores = (input: Sum, coalitions?: Coalitions) => {
      clock.pass(took * (coalitions?.size ?? 1));
      return slow.model.scores(input, coalitions);
    };
    const times: number[] = [];
    const found: number[] = [];
    await scoreCoalitions({ ...slow.model, scores }, slow.input, {
      total,
      fill: fillByBits,
      take: (scores, index) => found[index] = scores[0]!,
      onProgress: () => times.push(clock.time()),
    });
    assertEquals(slow.batches.slice(0, 2), batches);
    assertEquals(found, Array.from({ length: total }, (_, i) => 4095 - i));
    const waits = times.slice(1).map((time, i) => time - times[i]!);
    assertEquals(waits.filter((wait) => wait > Math.max(500, took)), []);
  });
}

Deno.test("the batches of a model that walks do not depend on how long it takes", async () => {
  using clock = stoppedClock();
  const { model, input, batches } = sumModel(5);
  const scores = (input: Sum, coalitions?: Coalitions) => {
    clock.pass(1e4);
    return model.scores(input, coalitions);
  };
  const walking = { ...model, scores, walksCoalitions: true };
  await scoreCoalitions(walking, input, { total: 300, fill() {}, take() {} });
  assertEquals(batches, [256, 44]);
});

Deno.test("an explanation of a model that answers later is that of one that answers at once", async () => {
  const [now, later] = [sumModel(5), sumModel(5, true)];
  const expected = await explain(occlusion, now.model, now.input, { of: 0, against: 1 });
  assertEquals([...expected.words], [2, 4, 8, 16, 32]);
  assertEquals(await explain(occlusion, later.model, later.input, { of: 0, against: 1 }), expected);
});
