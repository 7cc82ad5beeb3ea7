import { Random } from "@heatword/core";
import {
  type LabelledRows,
  type NetworkWeights,
  plainVectors,
  trainWordCnn,
  vectorsToArray,
  Vocabulary,
} from "@heatword/core/word-cnn";
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import type { Kernels } from "../../../../core/models/word_cnn/kernels/mod.ts";
import {
  penaliseFilters,
  penaliseWords,
  relevanceOfMarks,
} from "../../../../core/models/word_cnn/training/_relevance_penalty.ts";
import {
  layOut,
  readWeights,
  writeWeights,
} from "../../../../core/models/word_cnn/training/_training_memory.ts";
import { testPermitted } from "../../../_skip.ts";

const shape = {
  dimensions: 3,
  filters: 7,
  classes: 3,
  // As training shares seven filters.
  convolutions: [{ width: 1, filters: 4 }, { width: 3, filters: 3 }],
};
const names = ["convolutionWeights", "convolutionBias", "denseWeights", "denseBias"] as const;
type Numbers = Record<(typeof names)[number] | "vectors", Float64Array>;

/** Five words of three numbers, and four documents, some of whose words are marked. */
const documents: LabelledRows[] = [
  { rows: [0, 1, 2, 3, 4], marked: [0, 1, 0, 0, 0], label: 0 },
  { rows: [4, 4, 1, 0], marked: [1, 0, 1, 1], label: 1 },
  { rows: [2, 3, 2], marked: [0, 0, 0], label: 2 },
  { rows: [1, 1, 3, 1, 0, 2], marked: [1, 1, 0, 1, 0, 0], label: 2 },
];

function drawn(seed: number): Numbers {
  const random = new Random(seed);
  const draw = (length: number) => Float64Array.from({ length }, () => random.normal());
  return {
    convolutionWeights: draw((1 * 4 + 3 * 3) * 3),
    convolutionBias: draw(7),
    denseWeights: draw(7 * 3),
    denseBias: draw(3),
    vectors: draw(5 * 3),
  };
}

/**
 * The penalty as it is defined, and nothing of how it is computed: the relevance of a word for a class
 * is the sum over the numbers of its vector of number × derivative of the score, here of the word alone
 * within the windows that won.
 */
function penaltyOf(numbers: Numbers, lambda: number, masks: readonly (readonly number[])[]) {
  const { convolutionWeights, convolutionBias, denseWeights, vectors } = numbers;
  let sum = 0;
  for (const [i, { rows, marked }] of documents.entries()) {
    const relevance = Array.from({ length: 6 * 3 }, () => 0);
    let [from, first] = [0, 0];
    for (const { width, filters } of shape.convolutions) {
      for (let f = 0; f < filters; f++) {
        const add = (t: number, k: number) => {
          let part = 0;
          for (let d = 0; d < 3; d++) {
            part += vectors[rows[t]! * 3 + d]! *
              convolutionWeights[from + (k * 3 + d) * filters + f]!;
          }
          return part;
        };
        const windows = Array.from({ length: rows.length - width + 1 }, (_, t) => {
          const parts = Array.from({ length: width }, (_, k) => add(t + k, k));
          return { t, parts, z: parts.reduce((a, b) => a + b, convolutionBias[first + f]!) };
        });
        const best = windows.reduce((a, b) => b.z > a.z ? b : a);
        if (best.z <= 0) continue;
        best.parts.forEach((part, k) => {
          for (let c = 0; c < 3; c++) {
            relevance[(best.t + k) * 3 + c]! += part * masks[i]![first + f]! *
              denseWeights[(first + f) * 3 + c]!;
          }
        });
      }
      from += width * 3 * filters;
      first += filters;
    }
    relevance.forEach((r, j) => sum += (marked![Math.floor(j / 3)] ?? 0) * r * r);
  }
  return lambda * sum / documents.length;
}

/** Central differences of the penalty by one number after the other. */
function differences(numbers: Numbers, of: (numbers: Numbers) => number): Numbers {
  const step = 1e-5;
  return Object.fromEntries(
    Object.entries(numbers).map(([name, values]) => [
      name,
      values.map((value, i) => {
        const at = (value: number) => of({ ...numbers, [name]: values.with(i, value) });
        return (at(value + step) - at(value - step)) / (2 * step);
      }),
    ]),
  ) as Numbers;
}

/** Lays the documents out as training does, in float64, and takes the gradient as training does. */
function gradientOf(numbers: Numbers, lambda: number, masks: readonly (readonly number[])[]) {
  const float32 = new Float64Array(1 << 16);
  const uint32 = new Uint32Array(1 << 16);
  let end = 4;
  const allocate = (bytes: number) => {
    const start = end;
    end += Math.ceil(bytes / 16) * 16;
    return start;
  };
  const kernels = { allocate, float32, uint32 } as unknown as Kernels;
  const layout = layOut(kernels, {
    ...shape,
    words: 5,
    batch: 4,
    window: 8,
    members: 1,
    learnsVectors: true,
    penalises: true,
    guides: false,
  });
  const { depth, filters, places, marks, learnedVectors } = layout;
  writeWeights(kernels, layout, layout.weights, shape, numbers);
  for (let row = 0; row < 5; row++) {
    float32.set(numbers.vectors.subarray(row * 3, row * 3 + 3), layout.vectors / 4 + row * depth);
  }
  let [position, mark] = [0, 0];
  documents.forEach(({ rows, marked }, i) => {
    uint32[layout.starts / 4 + i] = position;
    uint32[marks!.starts / 4 + i] = mark;
    // Which windows won is of the oracle: what training finds of it is tested elsewhere.
    let [from, first] = [0, 0];
    for (const { width, filters: own } of shape.convolutions) {
      for (let f = 0; f < own; f++) {
        let [best, winner] = [-Infinity, 0];
        for (let t = 0; t + width <= rows.length; t++) {
          let z = numbers.convolutionBias[first + f]!;
          for (let j = 0; j < width * 3; j++) {
            z += numbers.vectors[rows[t + Math.floor(j / 3)]! * 3 + j % 3]! *
              numbers.convolutionWeights[from + j * own + f]!;
          }
          if (z > best) [best, winner] = [z, t];
        }
        const at = i * filters + places[first + f]!;
        float32[layout.mask / 4 + at] = masks[i]![first + f]!;
        float32[layout.pooled / 4 + at] = Math.max(0, best) * masks[i]![first + f]!;
        uint32[layout.winner / 4 + at] = winner;
      }
      from += width * 3 * own;
      first += own;
    }
    Array.from(rows, (row, t) => {
      uint32[layout.texts / 4 + position] = layout.vectors + row * depth * 4;
      if (marked![t]) uint32[marks!.places / 4 + mark++] = position;
      position++;
    });
  });
  uint32[layout.starts / 4 + 4] = position;
  uint32[marks!.starts / 4 + 4] = mark;
  const vectors = new Float64Array(5 * 3);
  documents.forEach(({ rows }, i) => {
    relevanceOfMarks(kernels, layout, i);
    penaliseWords(kernels, layout, i, lambda / 4, learnedVectors!.gradient);
    Array.from(rows, (row, t) => {
      const at = learnedVectors!.gradient / 4 + (uint32[layout.starts / 4 + i]! + t) * depth;
      for (let d = 0; d < 3; d++) vectors[row * 3 + d]! += float32[at + d]!;
    });
  });
  for (const chunk of layout.chunks) penaliseFilters(kernels, layout, 4, chunk, lambda / 4);
  // The memory is of float64; what reads weights makes float32 of it, which is enough for 1e-6 of 1.
  return { gradient: readWeights(kernels, layout, layout.gradient, shape), vectors };
}

Deno.test("the gradient of the relevance penalty is that of finite differences", () => {
  for (let seed = 1; seed <= 5; seed++) {
    const numbers = drawn(seed);
    const random = new Random(100 + seed);
    const masks = documents.map(() =>
      Array.from({ length: 7 }, () => random.uniform() < 0.3 ? 0 : 1 / 0.7)
    );
    const lambda = 0.013;
    const expected = differences(numbers, (numbers) => penaltyOf(numbers, lambda, masks));
    const { gradient, vectors } = gradientOf(numbers, lambda, masks);
    assert(penaltyOf(numbers, lambda, masks) > 0.01);
    for (const name of names) {
      gradient[name].forEach((value, i) => {
        assertAlmostEquals(value, expected[name][i]!, 1e-6, `${name} ${i}`);
      });
    }
    vectors.forEach((value, i) => assertAlmostEquals(value, expected.vectors[i]!, 1e-6));
  }
});

const words = ["a", "b", "c", "d", "e"];
const once = { filters: 7, widths: [1, 3], epochs: 1, batch: 4, momentum: 0, l2: 0, dropout: 0 };

function train(hyperparameters: object, more: object = {}) {
  const { vectors, ...start } = drawn(1);
  const single = (values: Float64Array) => Float32Array.from(values);
  return trainWordCnn({
    classes: ["x", "y", "z"],
    vocabulary: new Vocabulary(words),
    vectors: plainVectors(single(vectors), 3),
    documents,
    start: Object.fromEntries(
      Object.entries(start).map(([name, values]) => [name, single(values)]),
    ) as unknown as NetworkWeights,
    hyperparameters: { ...once, ...hyperparameters },
    threads: 1,
    ...more,
  });
}

Deno.test("a step of training goes down the relevance penalty, too", async () => {
  const [rate, relevancePenalty] = [1e-3, 0.5];
  const numbers = drawn(1);
  const masks = documents.map(() => Array.from({ length: 7 }, () => 1));
  const plain = await train({ rate });
  const penalised = await train({ rate, relevancePenalty });
  const expected = differences(numbers, (numbers) => penaltyOf(numbers, relevancePenalty, masks));
  let largest = 0;
  for (const name of names) {
    penalised.model.weights[name].forEach((value, i) => {
      const moved = (plain.model.weights[name][i]! - value) / rate;
      largest = Math.max(largest, Math.abs(moved));
      assertAlmostEquals(moved, expected[name][i]!, 2e-3 * (1 + Math.abs(expected[name][i]!)));
    });
  }
  assert(largest > 1);
});

Deno.test("a penalty that a step would overshoot is shortened, and lowers the relevance all the same", async () => {
  const long = { epochs: 30, rate: 0.1, momentum: 0.9 };
  const masks = documents.map(() => Array.from({ length: 7 }, () => 1));
  const penaltyAfter = async (relevancePenalty: number) => {
    const { model } = await train({ ...long, relevancePenalty });
    const { weights, vectors } = model;
    const numbers = { ...weights, vectors: Float64Array.from(vectorsToArray(vectors)) };
    return penaltyOf(numbers as unknown as Numbers, 1, masks);
  };
  const plain = await penaltyAfter(0);
  assert(await penaltyAfter(1e4) < plain / 100);
});

// Threads are read from files.
testPermitted("read")(
  "without a penalty, marks change no byte; with one, the number of threads does not",
  async () => {
    const long = { epochs: 4, rate: 0.05, dropout: 0.5, wordDropout: 0.3, vectorRate: 0.02 };
    const bytes = async (hyperparameters: object, more: object = {}) => {
      const { model } = await train({ ...long, ...hyperparameters }, more);
      const vectors = Array.from(vectorsToArray(model.vectors));
      return [...names.map((name) => Array.from(model.weights[name])), vectors];
    };
    const unmarked = documents.map(({ rows, label }) => ({ rows, label }));
    const plain = await bytes({}, { documents: unmarked });
    assertEquals(await bytes({ relevancePenalty: 0 }), plain);
    assertEquals(await bytes({ relevancePenalty: 0.1 }, { documents: unmarked }), plain);
    const penalised = await bytes({ relevancePenalty: 0.1 });
    assert(penalised[0]!.some((value, i) => value !== plain[0]![i]));
    assertEquals(await bytes({ relevancePenalty: 0.1 }, { threads: 3 }), penalised);
  },
);
