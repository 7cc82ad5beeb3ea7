import { explain, poolingNames, poolWords, type Target, targetScore } from "@heatword/core";
import { miniModel } from "@heatword/explainers/check";
import { sa } from "@heatword/explainers/sa";
import * as tf from "@tensorflow/tfjs";
import { assert, assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import fc from "fast-check";
import { drawnNetworks } from "./_arbitrary.ts";
import { layeredModel, vectorInput } from "./_model.ts";

Deno.test("sa equals squared finite differences", async () => {
  await fc.assert(
    fc.asyncProperty(
      drawnNetworks(),
      fc.constantFrom<Target>(0, { of: 1, against: 0 }),
      async ({ net, x }, target) => {
        const model = layeredModel(net);
        const input = vectorInput(x);
        const { values } = await explain(sa, model, input, target);
        const at = async (i: number, step: number) => {
          const vectors = input.vectors.slice();
          vectors[i]! += step;
          return targetScore(target, await model.scores(model.withVectors(input, vectors)));
        };
        for (const [i, value] of values!.entries()) {
          const [left, middle, right] = [await at(i, -1e-6), await at(i, 0), await at(i, 1e-6)];
          // At a kink there is no derivative to compare with.
          if (Math.abs(left + right - 2 * middle) > 1e-9) continue;
          const slope = (right - left) / 2e-6;
          assertLess(Math.abs(value - slope * slope), 1e-6 * Math.max(1, value));
        }
      },
    ),
  );
});

Deno.test("sa equals the squared gradient of tfjs", async () => {
  await tf.setBackend("cpu");
  await fc.assert(
    fc.asyncProperty(drawnNetworks(), async ({ net, x }) => {
      const model = layeredModel(net);
      const input = vectorInput(x);
      const dimensions = input.dimensions;
      const kernel = tf.tensor3d(net.convW.flat(), [2, dimensions, net.convB.length]);
      const score = (vectors: tf.Tensor) => {
        const z = tf.conv1d(vectors as tf.Tensor2D, kernel, 1, "valid").add(tf.tensor1d(net.convB));
        const hidden = z.relu().max(0).reshape([1, -1]);
        return hidden.matMul(tf.tensor2d(net.fcW)).add(tf.tensor1d(net.fcB)).reshape([-1])
          .gather(1) as tf.Scalar;
      };
      const vectors = tf.tensor2d(Array.from(input.vectors), [input.length, dimensions]);
      const gradient = tf.grad(score)(vectors).dataSync();
      // tfjs shares ties of the maximum out; equal windows come from repeated or deleted words.
      const windows = x.slice(1).map((row, t) => [...x[t]!, ...row].join());
      if (new Set(windows).size < windows.length) return;
      const values = (await explain(sa, model, input, 1)).values!;
      // Where ReLU leaves zero everywhere tfjs has ties of zeros, whose gradient is zero anyway.
      values.forEach((value, i) =>
        assertLess(Math.abs(value - gradient[i]! ** 2), 1e-4 * Math.max(1, value))
      );
      tf.disposeVariables();
    }),
    { numRuns: 50 },
  );
});

Deno.test("sa pools derivatives by every pooling, and gives squared derivatives as values", async () => {
  const model = miniModel();
  const input = vectorInput([[1, 2, 3, 4, 5], [5, 4, 3, 2, 1], [0, 1, 0, -1, 0]]);
  const gradient = model.gradient(input, Float64Array.of(0, 1, 0));
  for (const pooling of poolingNames) {
    const { words, values, ...rest } = await explain(sa, model, input, 1, { pooling });
    assertEquals(words, poolWords(gradient, 5, pooling));
    assertEquals(values, gradient.map((value) => value * value));
    assertEquals(rest.pooling, pooling);
  }
  const [squared, l2] = await Promise.all(
    ["squared-l2", "l2"].map(async (pooling) =>
      (await explain(sa, model, input, 1, { pooling })).words
    ),
  );
  squared!.forEach((value, t) => assertAlmostEquals(value, l2![t]! ** 2, 1e-12));
  assert((await explain(sa, model, input, 1, { detail: "words" })).values === undefined);
});
