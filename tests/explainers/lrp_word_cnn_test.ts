// A word-CNN has a shorter way through LRP. Every composite, bias mode and kind of target goes
// through it, and through the layers one by one, and by a reference that shares no code with either.
import { explain, explainAll, poolingNames, type Target, targetWeights } from "@heatword/core";
import { wordCnnFromWeights } from "@heatword/core/word-cnn";
import { biasModes, lrp } from "@heatword/explainers/lrp";
import { assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import fc from "fast-check";
import { drawnNetworks } from "./_arbitrary.ts";
import { layeredModel, type Net, vectorInput } from "./_model.ts";
import { assertSlow, slowComposites, slowWordCnn } from "./_slow_lrp.ts";

type ArrayType = Float32ArrayConstructor | Float64ArrayConstructor;

function wordCnn(net: Net, type: ArrayType) {
  return wordCnnFromWeights({
    convolutionWeights: type.from(net.convW.flat()),
    convolutionBias: type.from(net.convB),
    denseWeights: type.from(net.fcW.flat()),
    denseBias: type.from(net.fcB),
  });
}

const kinds: Record<string, fc.Arbitrary<Target>> = {
  "a class": fc.constantFrom<Target>(0, 1),
  "a contrast": fc.constantFrom<Target>({ of: 0, against: 1 }, { of: 1, against: 0 }),
};

for (const [composite, rules] of Object.entries(slowComposites)) {
  for (const bias of biasModes) {
    for (const [kind, targets] of Object.entries(kinds)) {
      Deno.test(`lrp of a word-CNN equals the definition: ${composite}, ${bias}, ${kind}`, async () => {
        await fc.assert(
          fc.asyncProperty(
            drawnNetworks({ words: { min: 2, max: 6 }, bias: 1 }),
            targets,
            fc.constantFrom("values", "words"),
            async ({ net, x }, target, detail) => {
              const weights = [...targetWeights(target, net.fcB.length)];
              const slow = slowWordCnn(net, x, weights, rules, bias);
              const model = wordCnn(net, Float64Array);
              const options = { composite, bias, detail };
              const input = model.inputFromVectors(Float64Array.from(x.flat()));
              const found = await explain(lrp, model, input, target, options);
              assertSlow(found, slow, 1e-8);
              const score = weights.reduce((total, w, c) => total + w * slow.scores[c]!, 0);
              assertAlmostEquals(found.score, score, 1e-9);
              assertEquals(found.expectedSum, bias === "share" ? found.score : undefined);
              assertEquals(found.values === undefined, detail === "words");

              // The generic way, in everything that is not a number too.
              const generic = await explain(
                lrp,
                layeredModel(net),
                vectorInput(x),
                target,
                options,
              );
              assertSlow(generic, slow, 1e-8);
              const names = ({ ledger }: typeof found) => ledger!.map((e) => [e.layer, e.rule]);
              assertEquals(names(found), names(generic));
              assertEquals(found.options, generic.options);
            },
          ),
          { numRuns: 40 },
        );
      });
    }
  }
}

for (const bias of biasModes) {
  Deno.test(`lrp of a word-CNN in float32 has the ledger of the definition: ${bias}`, async () => {
    await fc.assert(
      fc.asyncProperty(
        drawnNetworks({ words: { min: 2, max: 9 }, bias: 1 }),
        fc.oneof(...Object.values(kinds)),
        fc.constantFrom("values", "words"),
        async ({ net, x }, target, detail) => {
          const round = (rows: number[][]) => rows.map((row) => row.map(Math.fround));
          const rounded: Net = {
            convW: round(net.convW),
            convB: net.convB.map(Math.fround),
            fcW: round(net.fcW),
            fcB: net.fcB.map(Math.fround),
          };
          const words = round(x);
          const weights = [...targetWeights(target, net.fcB.length)];
          const slow = slowWordCnn(rounded, words, weights, slowComposites.epsilon!, bias);
          const model = wordCnn(rounded, Float32Array);
          const input = model.inputFromVectors(Float32Array.from(words.flat()));
          // The stabiliser of 0.01 limits what rounding in float32 can grow to.
          assertSlow(await explain(lrp, model, input, target, { bias, detail }), slow, 1e-3);
        },
      ),
      { numRuns: 100 },
    );
  });

  Deno.test(`lrp of a word-CNN pools as the layers one by one do: ${bias}`, async () => {
    await fc.assert(
      fc.asyncProperty(
        drawnNetworks({ words: { min: 2, max: 6 } }),
        fc.constantFrom(...poolingNames),
        fc.oneof(...Object.values(kinds)),
        async ({ net, x }, pooling, target) => {
          const fast = wordCnn(net, Float64Array);
          const options = { pooling, bias };
          const input = fast.inputFromVectors(Float64Array.from(x.flat()));
          const actual = (await explain(lrp, fast, input, target, options)).words;
          const expected =
            (await explain(lrp, layeredModel(net), vectorInput(x), target, options)).words;
          const scale = Math.max(1, ...expected);
          expected.forEach((value, t) => assertLess(Math.abs(actual[t]! - value), 1e-8 * scale));
        },
      ),
    );
  });
}

Deno.test("lrp of a word-CNN explains several targets as it explains each", async () => {
  await fc.assert(
    fc.asyncProperty(
      drawnNetworks(),
      fc.constantFrom(...biasModes),
      fc.constantFrom("epsilon", "zero"),
      async ({ net, x }, bias, composite) => {
        const model = wordCnn(net, Float64Array);
        const input = model.inputFromVectors(Float64Array.from(x.flat()));
        const targets: Target[] = [1, { of: 0, against: 1 }, 0];
        const options = { bias, composite };
        assertEquals(
          await explainAll(lrp, model, input, targets, options),
          await Promise.all(
            targets.map(async (target) => await explain(lrp, model, input, target, options)),
          ),
        );
      },
    ),
  );
});
