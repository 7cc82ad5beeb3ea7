// The measures against another implementation's numbers.
import { Random } from "@heatword/core";
import {
  agreement,
  beamOrder,
  entropyRise,
  exactInfidelity,
  exactLimits,
  explanatoryPower,
  faithfulness,
  fFidelity,
  histogramEntropy,
  infidelityOf,
  normalisedAopc,
  point,
  predicts,
  ranksOfTruth,
  shapleyDistance,
  tableFunction,
  valuesOfAllSets,
  verdicts,
  wordsOfShare,
} from "@heatword/eval/trust";
import {
  crossedInterval,
  kendallTauB,
  overSeedsInterval,
  pearson,
  signFlipTest,
  spearman,
} from "@heatword/eval/statistics";
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { fixturesFolder, lacksFixtures, testWith } from "../../_skip.ts";

const lacks = lacksFixtures("trust");

// deno-lint-ignore no-explicit-any
type Numbers = any;

const readFixture = (name: string): Numbers =>
  JSON.parse(Deno.readTextFileSync(`${fixturesFolder}/trust/${name}`));
const casesOf = (name: string): Numbers[] => readFixture(`${name}.json`).cases;

/** Equal to 1e-9; null stands for undefined. */
function assertNear(found: number | undefined, expected: number | null, what: string): void {
  if (expected === null) return assertEquals(found, undefined, what);
  assert(found !== undefined, `${what}: undefined instead of ${expected}`);
  assertAlmostEquals(found, expected, 1e-9, what);
}

function assertAllNear(found: ArrayLike<number>, expected: number[], what: string): void {
  assertEquals(found.length, expected.length, what);
  expected.forEach((value, i) => assertNear(found[i], value, `${what} ${i}`));
}

/** The table of a readout: the score of the target, or its probability. */
function readout(tables: number[][], target: number, name: string): number[] {
  if (name === "score") return tables[target]!;
  return tables[target]!.map((score, set) =>
    1 / tables.reduce((sum, table) => sum + Math.exp(table[set]! - score), 0)
  );
}

async function checkRow(
  what: string,
  relevance: number[],
  shapley: number[],
  table: number[],
  expected: Numbers,
  limits: { upper: number; lower: number },
  deleted: Float64Array,
) {
  const v = tableFunction(table);
  const found = await faithfulness(relevance, v);
  if (expected.order) assertEquals([...found.order], expected.order, what);
  if (expected.compCurve) {
    assertAllNear(found.comprehensivenessCurve, expected.compCurve, `${what} compCurve`);
  }
  if (expected.suffCurve) {
    assertAllNear(found.sufficiencyCurve, expected.suffCurve, `${what} suffCurve`);
  }
  assertNear(found.comprehensiveness, expected.comp, `${what} comp`);
  assertNear(found.sufficiency, expected.suff, `${what} suff`);
  assertNear(found.comprehensivenessBins, expected.compBins, `${what} compBins`);
  assertNear(found.sufficiencyBins, expected.suffBins, `${what} suffBins`);
  const full = table.at(-1)!;
  assertNear(normalisedAopc(found.comprehensiveness, limits, full), expected.naopcComp, what);
  assertNear(normalisedAopc(found.sufficiency, limits, full), expected.naopcSuff, what);
  if ("pearson" in expected) {
    const distance = shapleyDistance(relevance, shapley);
    assertNear(distance.pearson, expected.pearson, `${what} pearson`);
    assertNear(distance.tauB, expected.tauB, `${what} tauB`);
    assertNear(distance.relativeDistance, expected.relativeL2, `${what} relativeL2`);
  }
  for (const [law, numbers] of Object.entries<Numbers>(expected.infidelity ?? {})) {
    const infidelity = exactInfidelity(relevance, deleted, law as "size" | "half");
    for (const name of ["raw", "beta", "scaled", "normalised"] as const) {
      assertNear(infidelity[name], numbers[name], `${what} infidelity ${law} ${name}`);
    }
  }
  for (const { percent, alpha, beta, k, ...numbers } of expected.fFidelity ?? []) {
    assertEquals(wordsOfShare(percent, relevance.length), k);
    const settings = { percent, alpha, beta };
    const { plus, minus, removed } = await fFidelity(found.order, v, new Random(0), settings);
    assertNear(plus, numbers.plus, `${what} F-Fidelity plus`);
    assertNear(minus, numbers.minus, `${what} F-Fidelity minus`);
    assertEquals([...removed], [numbers.plusRemoved, numbers.minusRemoved], what);
  }
}

testWith(lacks, "measures of set functions agree with another implementation", async () => {
  const files = [...Deno.readDirSync(`${fixturesFolder}/trust`)]
    .map(({ name }) => name).filter((name) => /^set-functions.*\.json$/.test(name)).sort();
  assert(files.length > 0);
  for (
    const { name, words, target, tables, relevances, expected } of files.flatMap((file) => {
      return readFixture(file).cases;
    })
  ) {
    for (const kind of ["score", "probability"]) {
      const numbers = expected[kind];
      if (numbers === undefined) continue;
      const what = `${name} ${kind}`;
      const table = readout(tables, target, kind);
      const v = tableFunction(table);
      assertEquals(v.words, words);
      const deleted = await valuesOfAllSets(v);
      assertEquals(deleted, Float64Array.from(table.toReversed()), what);
      const limits = exactLimits(deleted);
      assertNear(limits.upper, numbers.upper, `${what} upper`);
      assertNear(limits.lower, numbers.lower, `${what} lower`);
      assertNear(limits.randomOrders, numbers.randomOrders, `${what} randomOrders`);
      for (const [side, towards] of [["Upper", "largest"], ["Lower", "smallest"]] as const) {
        if (numbers[`greedy${side}Order`] === undefined) continue;
        const greedy = await beamOrder(v, towards, 1);
        assertEquals(greedy.order, numbers[`greedy${side}Order`], `${what} greedy ${side}`);
        assertNear(greedy.aopc, numbers[`greedy${side}`], `${what} greedy ${side}`);
        for (const [width, aopc] of Object.entries<number>(numbers[`beam${side}`])) {
          const beam = await beamOrder(v, towards, Number(width));
          assertNear(beam.aopc, aopc, `${what} beam ${side} ${width}`);
        }
      }
      for (const [row, values] of Object.entries<Numbers>(numbers.rows)) {
        const relevance = relevances[row];
        const { shapley } = expected;
        await checkRow(`${what} ${row}`, relevance, shapley, table, values, limits, deleted);
      }
    }
  }
});

testWith(lacks, "correlations and agreement agree with another implementation", () => {
  for (const { a, b, ...expected } of casesOf("correlations")) {
    assertNear(pearson(a, b), expected.pearson, "pearson");
    assertNear(spearman(a, b), expected.spearman, "spearman");
    assertNear(kendallTauB(a, b), expected.tauB, "tauB");
    assertNear(shapleyDistance(a, b).relativeDistance, expected.relativeL2, "relativeL2");
  }
  for (const { a, b, k, ...expected } of casesOf("agreement")) {
    const found = agreement(a, b, k);
    assertNear(found.overlap, expected.overlap, "overlap");
    assertNear(found.signOverlap, expected.signOverlap, "signOverlap");
    assertNear(found.signs, expected.signAll, "signs");
    assertNear(found.tauB, expected.tauB, "tauB");
  }
});

testWith(lacks, "shortcuts, pointing, entropy and neighbours agree with another one", () => {
  for (const { relevance, truth, ...expected } of casesOf("shortcuts")) {
    const found = ranksOfTruth(relevance, truth);
    for (const name of ["precision", "meanRank", "coverRank"] as const) {
      assertNear(found[name], expected[name], `${name} of ${truth} in ${relevance}`);
    }
  }
  for (const { relevance, labels, predicted, kept, expected } of casesOf("pointing")) {
    const found: Numbers = point(labels, kept, predicted, relevance);
    assertEquals(found.status, expected.status);
    assertEquals(found.beforeCut, expected.beforeCut);
    if (expected.status === "played") {
      assertNear(found.hit, expected.hit, "hit");
      assertNear(found.chance, expected.chance, "chance");
    }
  }
  for (const { values, bins, entropy } of casesOf("entropy")) {
    assertNear(histogramEntropy(values, bins), entropy, `entropy of ${values}`);
  }
  for (const { original, randomised, bins, value } of casesOf("emprt")) {
    assertNear(entropyRise(original, randomised, bins), value, "eMPRT");
  }
  for (const { vectors, labels, splits, ks, expected } of casesOf("epi")) {
    const found = explanatoryPower(vectors, labels, splits, ks);
    assertAllNear(found.accuracy, expected.accuracy, "accuracy");
    assertNear(found.index, expected.epi, "EPI");
    assertEquals(found.neighbours, expected.bestK);
  }
});

testWith(lacks, "tests, seeds, predictors and verdicts agree with another one", () => {
  for (const { differences, p } of casesOf("signFlip")) {
    assertNear(signFlipTest(differences), p, `sign flips of ${differences}`);
  }
  for (const numbers of casesOf("seeds")) {
    const { values, seedResamples: seeds, documentResamples: documents } = numbers;
    const crossed = crossedInterval(values, { draws: { seeds, documents } });
    for (const end of ["estimate", "low", "high"] as const) {
      assertNear(crossed[end], numbers.crossed[end], `crossed ${end}`);
    }
    const overSeeds = overSeedsInterval(values);
    assertNear(overSeeds.estimate, numbers.overSeeds.mean, "mean over seeds");
    assertNear(overSeeds.low, numbers.overSeeds.low, "low over seeds");
    assertNear(overSeeds.high, numbers.overSeeds.high, "high over seeds");
  }
  for (const { metric, truth, expected } of casesOf("predicts")) {
    const found = predicts(metric, truth);
    assertNear(found.acrossExplainers, expected.acrossExplainers, "across explainers");
    assertNear(found.perDocument, expected.perDocument, "per document");
    assertEquals(found.documentsUsed, expected.documentsUsed);
  }
  const { rows, expected, ...bounds } = readFixture("verdict.json");
  verdicts(rows, bounds).forEach((found, i) => {
    const { name, verdict, column = null, against = null } = found;
    assertEquals({ name, verdict, column, against }, expected[i]);
  });
});

testWith(lacks, "infidelity of drawn sets is the mean over them", () => {
  const sets = [
    { drop: 1, relevance: 2, weight: 0.5 },
    { drop: 3, relevance: 2, weight: 0.5 },
  ];
  assertEquals(infidelityOf(sets), { raw: 1, beta: 1, scaled: 1, normalised: 0.2 });
});
