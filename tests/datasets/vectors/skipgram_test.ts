import { type Progress, Random } from "@heatword/core";
import {
  cachedSkipgram,
  type NamedVectors,
  readVectors,
  resolveVectors,
  skipgramFileName,
  type SkipgramOptions,
  trainingText,
  trainSkipgram,
} from "@heatword/datasets/vectors";
import { assert, assertEquals, assertNotEquals, assertRejects, assertThrows } from "@std/assert";
import { namesIn } from "../../_in_folder.ts";
import { testPermitted } from "../../_skip.ts";

const test = testPermitted("read", "write");

const OPTIONS: SkipgramOptions = {
  dimensions: 12,
  window: 3,
  epochs: 5,
  subsample: 1,
  minCount: 2,
};

/** Texts on two subjects that share no word, and one rare word. */
function texts(): string[][] {
  const random = new Random(7);
  const subjects = ["s", "m"].map((s) => Array.from({ length: 20 }, (_, i) => `${s}${i}`));
  const made = Array.from(
    { length: 400 },
    (_, i) => Array.from({ length: 12 }, () => subjects[i % 2]![random.below(20)]!),
  );
  made[0]!.push("once");
  return made;
}

function cosine(vectors: NamedVectors, a: string, b: string): number {
  const [x, y] = [vectors.get(a)!, vectors.get(b)!];
  const dot = (u: Float32Array, v: Float32Array) => u.reduce((sum, n, i) => sum + n * v[i]!, 0);
  return dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y));
}

test("trainSkipgram() puts words of one subject near each other", async () => {
  const steps: Progress[] = [];
  const vectors = await trainSkipgram(texts(), { ...OPTIONS, onProgress: (p) => steps.push(p) });
  assertEquals([vectors.size, vectors.dimensions], [40, 12]);
  assertEquals(vectors.get("once"), undefined);
  assertEquals(vectors.get("</s>"), undefined);
  assert(vectors.matrix.every(Number.isFinite));
  assert(cosine(vectors, "s1", "s2") > cosine(vectors, "s1", "m2") + 0.3);
  assert(cosine(vectors, "m3", "m4") > cosine(vectors, "m3", "s4") + 0.3);
  const { total } = steps[0]!;
  assertEquals(total, 5 * (400 * 12 + 1));
  assertEquals(steps.at(-1)!.done, total);
  assert(steps.every(({ done }, i) => done >= (steps[i - 1]?.done ?? 0)));
});

test("trainSkipgram() gives the same bytes again, and others for another seed", async () => {
  const one = await trainSkipgram(texts(), OPTIONS);
  const again = await trainSkipgram(texts(), OPTIONS);
  const other = await trainSkipgram(texts(), { ...OPTIONS, seed: 1 });
  assertEquals(again, one);
  assertEquals(other.words, one.words);
  assertNotEquals(other.matrix, one.matrix);
});

Deno.test("trainSkipgram() refuses what it cannot train on", async () => {
  await assertRejects(() => trainSkipgram([], OPTIONS), RangeError, "no word is there 2 times");
  await assertRejects(() => trainSkipgram([["a", "b"]], OPTIONS), RangeError, "no word is there");
  for (const word of ["a b", "", "a\n", "a\u00a0b", "a\0"]) {
    assertThrows(() => trainSkipgram([["c", word]], OPTIONS), SyntaxError, JSON.stringify(word));
  }
  const wrong: [SkipgramOptions, string][] = [
    [{ dimensions: 0 }, "dimensions 0"],
    [{ window: 1.5 }, "window 1.5"],
    [{ epochs: -1 }, "epochs -1"],
    [{ minCount: NaN }, "minCount NaN"],
    [{ subsample: 0 }, "subsample 0"],
    [{ learningRate: Infinity }, "learningRate Infinity"],
    [{ seed: 0.5 }, "seed 0.5"],
  ];
  for (const [options, message] of wrong) {
    await assertRejects(() => trainSkipgram(texts(), options), RangeError, message);
  }
});

test("trainSkipgram() can be stopped while it works", async () => {
  const abort = new AbortController();
  const long = trainSkipgram(texts(), {
    ...OPTIONS,
    epochs: 1_000_000,
    signal: abort.signal,
    onProgress: ({ done }) => done > 0 && abort.abort(new Error("stopped")),
  });
  await assertRejects(() => long, Error, "stopped");
  await assertRejects(
    () => trainSkipgram(texts(), { ...OPTIONS, signal: abort.signal }),
    Error,
    "stopped",
  );
});

Deno.test("skipgramFileName() changes with everything that shapes the vectors", () => {
  const text = trainingText(texts());
  const defaults = skipgramFileName(text, {});
  assertEquals(defaults, skipgramFileName(text, { dimensions: 300, seed: 0 }));
  assert(/^skipgram-[0-9a-f]{20}\.bin$/.test(defaults));
  const names = new Set([
    defaults,
    skipgramFileName(trainingText([["a"]]), {}),
    ...([
      "dimensions",
      "window",
      "epochs",
      "minCount",
      "subsample",
      "negatives",
      "learningRate",
      "seed",
    ] as const)
      .map((name) => skipgramFileName(text, { [name]: 7 })),
  ]);
  assertEquals(names.size, 10);
});

test("resolveVectors() trains skip-gram vectors once", async () => {
  const cacheDir = await Deno.makeTempDir();
  try {
    let asked = 0;
    const options = { ...OPTIONS, cacheDir, texts: () => (asked++, texts()) };
    const steps: Progress[] = [];
    const first = await resolveVectors("skipgram", {
      ...options,
      onProgress: (p) => steps.push(p),
    });
    assert(steps.length > 0);
    const again = await resolveVectors("skipgram", {
      ...options,
      onProgress: () => assert(false, "trained again"),
    });
    assertEquals(again, first);
    assertEquals(namesIn(`${cacheDir}/vectors`), [first.path.split("/").at(-1)]);
    assertEquals(asked, 2);

    const file = await resolveVectors(first.path, { ...options, wanted: new Set(["s1", "S2"]) });
    assertEquals(file.vectors.words, ["s1"]);
    assertEquals(file.vectors.get("s1"), first.vectors.get("s1"));
    assertEquals(asked, 2);
    await assertRejects(
      () => resolveVectors(`${cacheDir}/none.bin`, options),
      Deno.errors.NotFound,
      `Cannot find the word vectors "${cacheDir}/none.bin"`,
    );
  } finally {
    await Deno.remove(cacheDir, { recursive: true });
  }
});

test("cachedSkipgram() resumes with the same bytes when it was stopped, and names a damaged file", async () => {
  const cacheDir = await Deno.makeTempDir();
  try {
    // Long enough for a turn of timers and signals, which comes every tenth of a second.
    const options = { ...OPTIONS, dimensions: 100, epochs: 40 };
    const abort = new AbortController();
    let stopped = 0;
    const onProgress = ({ done }: Progress) => {
      if (done > 0) abort.abort(new Error("stopped"));
      stopped = done;
    };
    await assertRejects(
      () => cachedSkipgram(texts(), cacheDir, { ...options, signal: abort.signal, onProgress }),
      Error,
      "stopped",
    );
    const name = skipgramFileName(trainingText(texts()), options);
    assertEquals(namesIn(`${cacheDir}/vectors`), [`${name}.checkpoint`]);
    const steps: number[] = [];
    const resumed = await cachedSkipgram(texts(), cacheDir, {
      ...options,
      onProgress: ({ done }) => steps.push(done),
    });
    assert(stopped > 0 && steps.slice(1).every((done) => done > stopped), `${stopped}, ${steps}`);
    assertEquals(namesIn(`${cacheDir}/vectors`), [name]);
    assertEquals(resumed.vectors, await trainSkipgram(texts(), options));

    const { path } = await cachedSkipgram(texts(), cacheDir, OPTIONS);
    const bytes = await Deno.readFile(path);
    await Deno.writeFile(path, bytes.subarray(0, -100));
    const error = await assertRejects(
      () => cachedSkipgram(texts(), cacheDir, OPTIONS),
      SyntaxError,
    );
    assert(error.message.startsWith(`Cannot read the word vectors "${path}": it ends after`));
    assert(error.message.endsWith("; remove it to train them anew"));
    await assertRejects(() => readVectors(path), SyntaxError, "it ends after");
  } finally {
    await Deno.remove(cacheDir, { recursive: true });
  }
});

test("trainSkipgram() starts from evenly drawn numbers between −1/D and 1/D", async () => {
  const dimensions = 50;
  const words = Array.from({ length: 60 }, (_, i) => `w${i}`);
  // Every word is there just as often as it must be, and next to nothing is learned.
  const vectors = await trainSkipgram([words, words], {
    ...{ dimensions, epochs: 1, minCount: 2, subsample: 1, learningRate: 1e-9, workers: 1 },
  });
  assertEquals(vectors.words, words);
  const numbers = Array.from(vectors.matrix, (value) => value * dimensions).sort((a, b) => a - b);
  // Sorted, 3,000 even draws are near a straight line (Kolmogorov-Smirnov, p about 1e-6).
  numbers.forEach((value, i) => {
    const expected = (2 * i + 1) / numbers.length - 1;
    assert(Math.abs(value - expected) < 0.1, `${i}: ${value}, not about ${expected}`);
  });
  assert(numbers[0]! >= -1 && numbers.at(-1)! <= 1);
});
