import { activations, Coalitions, explain, gradientOf, Random } from "@heatword/core";
import { type LayeredTfjsModel, loadLayeredTfjsModel } from "@heatword/core/tfjs";
import { composites } from "@heatword/explainers/lrp";
import "@heatword/explainers";
import { assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import { type RandomModel, randomModel, withEnd } from "./_random_model.ts";
import { predict, savedFiles, words } from "./_saved.ts";

const seeds = Array.from({ length: 80 }, (_, seed) => seed);

/** A drawn model, loaded, with rows that it takes. */
async function drawnCase(seed: number) {
  const drawn = randomModel(seed);
  const model = await loadLayeredTfjsModel(await savedFiles(drawn.model));
  const random = new Random(seed + 1000);
  const length = drawn.length ?? 12 + random.below(6);
  const rows = Array.from({ length }, () => random.below(words.length));
  return { drawn, model, rows, input: model.inputFromRows(rows), random };
}

function close(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
  what = "",
) {
  assertEquals(actual.length, expected.length);
  const scale = Math.max(1, ...Array.from(expected, Math.abs));
  for (let i = 0; i < expected.length; i++) {
    assertLess(Math.abs(actual[i]! - expected[i]!), tolerance * scale, `${what} at ${i}`);
  }
}

const sum = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0);

/** The input in float64, so that rounding does not hide errors. */
function exact(model: LayeredTfjsModel, input: ReturnType<LayeredTfjsModel["inputFromRows"]>) {
  return model.withVectors(input, Float64Array.from(input.vectors));
}

async function everyCase(
  check: (found: Awaited<ReturnType<typeof drawnCase>> & { drawn: RandomModel }) => void,
) {
  for (const seed of seeds) {
    const found = await drawnCase(seed);
    check(found);
    found.drawn.model.dispose();
  }
}

Deno.test("loadTfjsModel() gives models whose scores are those of tfjs", async () => {
  await everyCase(({ drawn, model, rows, input }) => {
    close(withEnd(model.scores(input), drawn.end), predict(drawn.model, rows), 1e-5);
  });
});

Deno.test("loadTfjsModel() gives models with the gradient of finite differences", async () => {
  await everyCase(({ model, input, random }) => {
    const start = exact(model, input);
    // Equal words make ties, where there is no gradient.
    const vectors = start.vectors.map((x) => x + 0.1 * random.normal());
    const at = model.withVectors(start, vectors);
    const weights = Float64Array.from(model.classes, () => random.normal());
    const f = (point: Float64Array) => {
      const scores = model.scores(model.withVectors(at, point));
      return sum(Array.from(scores, (score, c) => score * weights[c]!));
    };
    const gradient = model.gradient(at, weights);
    const direction = Float64Array.from(gradient, () => random.normal());
    const h = 1e-7;
    const moved = (step: number) =>
      f(Float64Array.from(vectors, (x, i) => x + step * direction[i]!));
    const slope = (moved(h) - moved(-h)) / (2 * h);
    const own = sum(Array.from(gradient, (g, i) => g * direction[i]!));
    assertLess(Math.abs(own - slope), 1e-5 * Math.max(1, Math.abs(slope)));
  });
});

Deno.test("lrp conserves the score on drawn models, with every composite, layer by layer", async () => {
  await everyCase(async ({ model, input, random }) => {
    const at = exact(model, input);
    const names = Object.keys(composites);
    for (const composite of ["epsilon", names[random.below(names.length)]!]) {
      const { words, score, ledger, expectedSum, keptByBiases = 0 } = await explain(
        "lrp",
        model,
        at,
        1,
        { composite },
      );
      // What a rule passes can be far larger than the score, and cancel.
      const scale = Math.max(
        1,
        ...ledger!.map(({ passed }) => Math.abs(passed)),
        ...words.map(Math.abs),
      );
      assertLess(Math.abs(sum(words) + keptByBiases - score), 1e-8 * scale, composite);
      assertLess(Math.abs(expectedSum! + keptByBiases - score), 1e-8 * scale, composite);
      ledger!.forEach((entry, i) => {
        const { kept = 0 } = entry;
        assertLess(Math.abs(entry.received - entry.passed - kept), 1e-8 * scale);
        if (i > 0) assertLess(Math.abs(entry.received - ledger![i - 1]!.passed), 1e-8 * scale);
        if (!entry.branches) return;
        const ends = entry.branches.map((branch) => branch.at(0)?.received);
        if (ends.every((end) => end !== undefined)) {
          assertLess(Math.abs(sum(ends as number[]) - entry.received), 1e-8 * scale);
        }
      });
    }
  });
});

Deno.test("lrp tells on drawn models what biases and the stabiliser absorb", async () => {
  await everyCase(async ({ model, input }) => {
    const at = exact(model, input);
    const { words, score, ledger } = await explain("lrp", model, at, 1, { bias: "absorb" });
    const lost = sum(ledger!.map(({ bias, stabilizer }) => bias + stabilizer));
    const scale = Math.max(
      1,
      ...words.map(Math.abs),
      ...ledger!.map(({ passed }) => Math.abs(passed)),
    );
    assertLess(Math.abs(sum(words) + lost - score), 1e-8 * scale);
  });
});

Deno.test("deeplift and kernel-shap conserve the difference on drawn models", async () => {
  let count = 0;
  await everyCase(async ({ model, input }) => {
    const at = exact(model, input);
    for (const name of count++ % 10 === 0 ? ["deeplift", "kernel-shap"] : ["deeplift"]) {
      const { words, expectedSum } = await explain(name, model, at, { of: 0, against: 2 });
      const scale = Math.max(1, Math.abs(expectedSum!), ...words.map(Math.abs));
      assertLess(Math.abs(sum(words) - expectedSum!), 1e-6 * scale, name);
    }
  });
});

Deno.test("coalitions of drawn models are scored as texts without their deleted words", async () => {
  await everyCase(({ model, input, random }) => {
    const at = exact(model, input);
    const coalitions = new Coalitions(input.length, 12);
    for (let m = 0; m < coalitions.size; m++) {
      if (m > 0) coalitions.copy(m, m - 1);
      for (let change = random.below(4); change >= 0; change--) {
        const position = random.below(input.length);
        if (random.below(2)) coalitions.delete(m, position);
        else coalitions.restore(m, position);
      }
    }
    const scores = model.scores(at, coalitions);
    const classes = model.classes.length;
    assertEquals(scores.length, coalitions.size * classes);
    for (let m = 0; m < coalitions.size; m++) {
      const alone = model.scores(model.withoutWords(at, coalitions.deleted(m)));
      close(scores.subarray(m * classes, (m + 1) * classes), alone, 1e-12);
    }
  });
});

Deno.test("layers of drawn models are the same in float32 and float64", async () => {
  await everyCase(({ model, input }) => {
    const tensor = model.layerInput(exact(model, input));
    const scores = activations(model.layers, tensor).at(-1)!.data;
    close(model.scores(input), scores, 1e-5);
    const { data } = gradientOf(model.layers, tensor, new Float64Array(scores.length).fill(1));
    assertEquals(data.constructor, Float64Array);
    assertAlmostEquals(sum(data.map((x) => x - x)), 0);
  });
});
