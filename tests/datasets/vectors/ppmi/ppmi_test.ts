// Word vectors of counts, joined vectors, and what --vectors names.
import { type Progress, Random } from "@heatword/core";
import {
  joinVectors,
  NamedVectors,
  ppmiFileName,
  type PpmiOptions,
  readVectorSpec,
  resolveVectors,
  trainingText,
  trainPpmi,
  trainSkipgram,
  writeWord2Vec,
} from "@heatword/datasets/vectors";
import { assert, assertAlmostEquals, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { Matrix, SVD } from "ml-matrix";
import { numberWords } from "../../../../datasets/vectors/numbered_text.ts";
import { ppmiMatrix } from "../../../../datasets/vectors/ppmi/matrix.ts";
import { namesIn } from "../../../_in_folder.ts";
import { testPermitted } from "../../../_skip.ts";

const test = testPermitted("read", "write");

/** Texts of two subjects, of several lengths, an empty one too. */
function texts(count = 60): string[][] {
  const random = new Random(3);
  return Array.from({ length: count }, (_, i) =>
    Array.from({ length: i % 9 }, () => {
      const shared = random.uniform() < 0.3;
      return shared ? `t${random.below(5)}` : `${i % 2 ? "s" : "m"}${random.below(12)}`;
    }));
}

/** The matrix by its definition: a loop over all pairs of places. */
function plainPpmi(
  lines: readonly string[][],
  words: readonly string[],
  window: number,
  a: number,
) {
  const row = new Map(words.map((word, i) => [word, i]));
  const counts = words.map(() => words.map(() => 0));
  for (const line of lines) {
    const known = line.filter((word) => row.has(word));
    known.forEach((one, p) =>
      known.forEach((other, q) => {
        const distance = Math.abs(p - q);
        if (p === q || distance > window) return;
        counts[row.get(one)!]![row.get(other)!]! += 1 - (distance - 1) / window;
      })
    );
  }
  const sums = counts.map((of) => of.reduce((x, y) => x + y, 0));
  const total = sums.reduce((x, y) => x + y, 0);
  const smoothed = sums.reduce((x, y) => x + y ** a, 0);
  const chance = (i: number) => sums[i]! ** a / smoothed;
  return counts.map((of, i) =>
    of.map((n, j) => n === 0 ? 0 : Math.max(0, Math.log(n / total / (chance(i) * chance(j)))))
  );
}

Deno.test("ppmiMatrix() is the definition, for every pair of words", () => {
  for (const [window, smoothing] of [[1, 1], [3, 0.875], [10, 0.5]] as const) {
    const lines = texts();
    const numbered = numberWords(trainingText(lines), 2);
    const { starts, columns, values } = ppmiMatrix(numbered, window, smoothing);
    const found = numbered.words.map(() => numbered.words.map(() => 0));
    numbered.words.forEach((_, i) => {
      for (let at = starts[i]!; at < starts[i + 1]!; at++) found[i]![columns[at]!] = values[at]!;
    });
    const expected = plainPpmi(lines, numbered.words, window, smoothing);
    expected.forEach((row, i) =>
      row.forEach((value, j) => assertAlmostEquals(found[i]![j]!, value, 1e-5))
    );
  }
});

Deno.test("trainPpmi() gives the leading singular vectors times a power of the singular values", async () => {
  const lines = texts();
  const options = { dimensions: 5, window: 4, power: 0.25 };
  const { words, matrix } = await trainPpmi(lines, options);
  const svd = new SVD(new Matrix(plainPpmi(lines, words, 4, 0.875)));
  const { leftSingularVectors: u, diagonal } = svd;
  for (let j = 0; j < 5; j++) {
    const column = words.map((_, i) => matrix[i * 5 + j]!);
    const expected = words.map((_, i) => u.get(i, j) * diagonal[j]! ** 0.25);
    const sign = Math.sign(column[0]! * expected[0]!);
    column.forEach((value, i) => assertAlmostEquals(value * sign, expected[i]!, 2e-3));
  }
});

Deno.test("trainPpmi() repeats itself, tells how far it is, and can be stopped", async () => {
  const steps: Progress[] = [];
  const options = { dimensions: 8, onProgress: (step: Progress) => steps.push(step) };
  const one = await trainPpmi(texts(), options);
  assertEquals(await trainPpmi(texts(), { dimensions: 8 }), one);
  assertEquals(steps.map(({ done }) => done), [0, 1, 2, 3, 4, 5, 6, 7, 8]);
  const abort = new AbortController();
  const stopped = trainPpmi(texts(), {
    signal: abort.signal,
    onProgress: ({ done }) => done === 2 && abort.abort(new Error("stopped")),
  });
  await assertRejects(() => stopped, Error, "stopped");
});

Deno.test("trainPpmi() fills up with zeros where there are fewer words than numbers", async () => {
  const { words, dimensions, matrix } = await trainPpmi([["a", "b", "a", "b", "c"]], {});
  assertEquals([words, dimensions, matrix.length], [["a", "b"], 300, 600]);
  assert(matrix.every((value, i) => Number.isFinite(value) && (i % 300 < 2 || value === 0)));
});

Deno.test("trainPpmi() refuses what it cannot train on", async () => {
  await assertRejects(() => trainPpmi([["a"]]), RangeError, "no word is there 2 times");
  assertThrows(() => trainPpmi([["a b"]]), SyntaxError, '"a b"');
  const wrong: PpmiOptions[] = [
    { dimensions: 0 },
    { window: 0.5 },
    { minCount: -1 },
    { smoothing: 1.5 },
    { power: NaN },
    { seed: 0.5 },
  ];
  for (const options of wrong) {
    const [[name, value]] = Object.entries(options) as [[string, number]];
    await assertRejects(() => trainPpmi(texts(), options), RangeError, `${name} ${value}`);
  }
});

Deno.test("ppmiFileName() changes with everything that shapes the vectors", () => {
  const text = trainingText(texts());
  const names = new Set([
    ppmiFileName(text, {}),
    ppmiFileName(trainingText([["a"]]), {}),
    ...(["dimensions", "window", "minCount"] as const).map((name) =>
      ppmiFileName(text, { [name]: 7 })
    ),
    ...(["smoothing", "power"] as const).map((name) => ppmiFileName(text, { [name]: 0.3 })),
    ppmiFileName(text, { seed: 1 }),
  ]);
  assertEquals(names.size, 8);
  assertEquals(ppmiFileName(text, {}), ppmiFileName(text, { dimensions: 300, smoothing: 0.875 }));
});

function drawnVectors(words: string[], dimensions: number, seed: number): NamedVectors {
  const random = new Random(seed);
  const length = words.length * dimensions;
  return new NamedVectors(words, Float32Array.from({ length }, () => random.normal()), dimensions);
}

Deno.test("joinVectors() puts vectors of length 1 side by side, zeros where there is none", () => {
  const words = ["a", "b", "c"];
  const [one, other] = [drawnVectors(words, 3, 1), drawnVectors(["c", "d", "a"], 2, 2)];
  const joined = joinVectors([one, other]);
  assertEquals([joined.dimensions, joined.words], [5, ["a", "b", "c", "d"]]);
  for (const word of joined.words) {
    const parts = [one, other].flatMap((vectors) => {
      const own = [...vectors.get(word) ?? new Float32Array(vectors.dimensions)];
      const length = Math.hypot(...own);
      return own.map((value) => length === 0 ? 0 : value / length);
    });
    parts.forEach((value, d) => assertAlmostEquals(joined.get(word)![d]!, value, 1e-6));
  }
});

Deno.test("joinVectors() leaves a vector of zeros, and refuses nothing at all", () => {
  const zeros = new NamedVectors(["a"], new Float32Array(2), 2);
  assertEquals(joinVectors([zeros, zeros]).get("a"), new Float32Array(4));
  assertThrows(() => joinVectors([]), RangeError, "there are none");
});

Deno.test("readVectorSpec() reads names and one file, and refuses what makes no sense", () => {
  assertEquals(readVectorSpec("skipgram"), { trained: ["skipgram"] });
  assertEquals(readVectorSpec("ppmi+skipgram"), { trained: ["ppmi", "skipgram"] });
  assertEquals(readVectorSpec("googlenews"), { trained: [], file: "googlenews" });
  assertEquals(readVectorSpec("skipgram+ppmi+a+b"), { trained: ["skipgram", "ppmi"], file: "a+b" });
  assertEquals(readVectorSpec("c++.txt"), { trained: [], file: "c++.txt" });
  assertThrows(() => readVectorSpec("ppmi+ppmi"), RangeError, '"ppmi" is there twice');
  for (const spec of ["", "skipgram+", "skipgram+ppmi+"]) {
    assertThrows(() => readVectorSpec(spec), RangeError, `Cannot get the word vectors "${spec}"`);
  }
});

test("resolveVectors() makes vectors of counts once, and joins what is asked for", async () => {
  const cacheDir = await Deno.makeTempDir();
  try {
    const lines = texts();
    const training = { dimensions: 6, window: 3, epochs: 2, minCount: 2, subsample: 1, seed: 4 };
    const common = { texts: () => lines, cacheDir, ...training };
    const ppmi = await resolveVectors("ppmi", common);
    const { dimensions, window, minCount, seed } = training;
    const plain = await trainPpmi(lines, { dimensions, window, minCount, seed });
    assertEquals(ppmi.vectors, plain);
    const both = await resolveVectors("skipgram+ppmi", { ...common, workers: 1 });
    const skipgram = await trainSkipgram(lines, training);
    assertEquals(both.vectors, joinVectors([skipgram, plain]));
    assertEquals(
      await namesIn(`${cacheDir}/vectors`),
      both.path.split(" + ").map((p) => p.split("/").at(-1)!).sort(),
    );
    const steps: Progress[] = [];
    const again = await resolveVectors("ppmi", {
      ...common,
      onProgress: (step) => steps.push(step),
    });
    assertEquals([again, steps], [ppmi, []]);
    const file = `${cacheDir}/own.bin`;
    const own = drawnVectors(["s1", "new"], 3, 5);
    await writeWord2Vec(file, own);
    const three = await resolveVectors(`ppmi+${file}`, common);
    assertEquals(three.vectors, joinVectors([plain, own]));
    assert(three.vectors.indexOf("new") >= 0);
    // A file that cannot be read is told before anything is made of the texts.
    const untouched = () => {
      throw new Error("the texts were asked for");
    };
    await Deno.writeTextFile(`${cacheDir}/broken.bin`, "2 3\n");
    for (const [name, message] of [["none.bin", "none.bin"], ["broken.bin", "broken.bin"]]) {
      await assertRejects(
        () => resolveVectors(`skipgram+ppmi+${cacheDir}/${name}`, { ...common, texts: untouched }),
        Error,
        message,
      );
    }
    await Deno.writeFile(ppmi.path, (await Deno.readFile(ppmi.path)).subarray(0, 99));
    await assertRejects(() => resolveVectors("ppmi", common), SyntaxError, "remove it to train");
  } finally {
    await Deno.remove(cacheDir, { recursive: true });
  }
});
