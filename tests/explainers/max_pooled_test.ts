import { explain, type LedgerEntry, type Relevance, type Target } from "@heatword/core";
import "@heatword/explainers";
import { assertEquals, assertLess } from "@std/assert";
import fc from "fast-check";
import { drawnKim, type KimCase, kimCases } from "../core/models/tfjs/_drawn_kim.ts";

const targets = fc.constantFrom<Target>(0, 1, { of: 1, against: 0 });

/** Entries of a ledger, those of branches too. */
const entriesOf = (ledger: readonly LedgerEntry[]): LedgerEntry[] =>
  ledger.flatMap((entry) => [entry, ...(entry.branches ?? []).flatMap(entriesOf)]);

/** The largest number that a relevance or its ledger holds: what rounding is relative to. */
function scaleOf({ words, ledger = [], values = new Float64Array() }: Relevance): number {
  const accounts = entriesOf(ledger).flatMap((entry) => [
    entry.received,
    entry.passed,
    entry.bias,
    entry.stabilizer,
  ]);
  return Math.max(1, ...[...words, ...values, ...accounts].map(Math.abs));
}

function checkLedger(
  actual: readonly LedgerEntry[],
  expected: readonly LedgerEntry[],
  tolerance: number,
): void {
  assertEquals(actual.length, expected.length);
  expected.forEach((entry, i) => {
    const own = actual[i]!;
    assertEquals([own.layer, own.rule, own.kept], [entry.layer, entry.rule, entry.kept]);
    for (const field of ["received", "passed", "bias", "stabilizer"] as const) {
      assertLess(Math.abs(own[field] - entry[field]), tolerance, `${own.layer} ${field}`);
    }
    assertEquals(own.branches?.length, entry.branches?.length);
    entry.branches?.forEach((branch, b) => checkLedger(own.branches![b]!, branch, tolerance));
  });
}

/** Explains by the fast way and by the layers, in float64, and compares all that was found. */
async function compare(
  name: string,
  drawn: KimCase,
  target: Target,
  options: Record<string, unknown>,
): Promise<void> {
  const { model, layers, input } = await drawnKim(drawn);
  const actual = await explain(name, model, input, target, options);
  const expected = await explain(name, layers, { ...input }, target, options);
  const tolerance = 1e-10 * scaleOf(expected);
  const close = (one: ArrayLike<number>, other: ArrayLike<number>) => {
    assertEquals(one.length, other.length);
    for (let i = 0; i < one.length; i++) assertLess(Math.abs(one[i]! - other[i]!), tolerance);
  };
  assertEquals(Object.keys(actual).sort(), Object.keys(expected).sort());
  close([actual.score, actual.expectedSum ?? 0], [expected.score, expected.expectedSum ?? 0]);
  close(actual.words, expected.words);
  close(actual.values ?? [], expected.values ?? []);
  assertEquals(actual.values?.constructor, expected.values?.constructor);
  checkLedger(actual.ledger ?? [], expected.ledger ?? [], tolerance);
}

const poolings = fc.constantFrom("sum", "l2", "max-norm");
const details = fc.constantFrom("words", "values");

Deno.test("lrp of max-pooled models equals the layers: rules, biases, contrasts, ledger", async () => {
  const options = fc.record({
    composite: fc.constantFrom("epsilon", "zero"),
    epsilon: fc.constantFrom(0.01, 0.5),
    bias: fc.constantFrom("share", "absorb", "ignore"),
    pooling: poolings,
    detail: details,
  });
  await fc.assert(
    fc.asyncProperty(
      kimCases(),
      targets,
      options,
      (drawn, target, options) => compare("lrp", drawn, target, options),
    ),
    { numRuns: 600 },
  );
});

Deno.test("lrp of max-pooled models takes the layers for every other composite", async () => {
  const composites = fc.constantFrom("gamma", "epsilon-plus", "flat", "epsilon-gamma-w-square");
  await fc.assert(
    fc.asyncProperty(
      kimCases(),
      targets,
      composites,
      (drawn, target, composite) => compare("lrp", drawn, target, { composite }),
    ),
    { numRuns: 40 },
  );
});

Deno.test("integrated-gradients of max-pooled models equals the layers, exact or not", async () => {
  const options = fc.record({
    exact: fc.boolean(),
    steps: fc.integer({ min: 1, max: 12 }),
    pooling: poolings,
    detail: details,
  });
  await fc.assert(
    fc.asyncProperty(kimCases(), targets, options, ({ sizes, ...drawn }, target, options) => {
      // Scaled, windows of equal value differ by rounding, and the layers let any of them win.
      const whole = sizes.whole === true && options.exact;
      return compare(
        "integrated-gradients",
        { ...drawn, sizes: { ...sizes, whole } },
        target,
        options,
      );
    }),
    { numRuns: 200 },
  );
});

for (const name of ["deeplift", "sa", "gradient-input"]) {
  Deno.test(`${name} of max-pooled models equals the layers`, async () => {
    await fc.assert(
      fc.asyncProperty(
        kimCases(),
        targets,
        details,
        (drawn, target, detail) => compare(name, drawn, target, { detail }),
      ),
      { numRuns: 200 },
    );
  });
}

for (
  const [name, options] of [
    ["occlusion", {}],
    ["lime", { samples: 60 }],
    ["kernel-shap", { samples: 40 }],
    ["sampled-shapley", { permutations: 3 }],
  ] as const
) {
  Deno.test(`${name} of max-pooled models equals the layers`, async () => {
    await fc.assert(
      fc.asyncProperty(
        kimCases(),
        targets,
        (drawn, target) => compare(name, drawn, target, options),
      ),
      { numRuns: 30 },
    );
  });
}
