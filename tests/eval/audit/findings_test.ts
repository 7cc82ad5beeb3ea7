import { type Judged, type Placed, rankFindings } from "@heatword/eval/audit";
import { assert, assertEquals } from "@std/assert";

const texts = Array.from({ length: 40 }, (_, i) => ({
  document: { text: "", tokens: [] },
  predicted: i % 2,
  label: i % 2,
  relevance: [],
}));

/** Something in ten texts of one class, with a suspicion that neighbours add to. */
function judged(
  kind: Placed["kind"],
  what: string,
  neighbours: number,
  { isWhole = false, unseen = false, inside = 10, alike = 20 } = {},
): Judged {
  return {
    feature: {
      ...{ kind, what, target: 0, inside, all: inside, evidence: 5, isWhole, phrase: what },
      places: new Map(Array.from({ length: inside }, (_, i) => [2 * i, []])),
      ...{ company: NaN, neighbours, usualCompany: { median: 0.75, spread: 0.1 }, alike },
    },
    probed: { flips: 0, deleted: 5, turned: 0, inserted: 5, shift: 1, unseen },
  };
}

const rank = (some: readonly Judged[]) => rankFindings(texts, some, ["a", "b"], 10);

Deno.test("a pair comes before its words where they are hardly anywhere else, and only there", () => {
  const words = [judged("token", "red", 1), judged("token", "tea", 0.5)];
  for (const what of ["red tea", "red … tea"]) {
    const order = (isWhole: boolean) =>
      rank([...words, judged("pair", what, 0, { isWhole })]).findings;
    assertEquals(order(true).map((one) => one.what), [what, "red", "tea"]);
    assertEquals(order(true)[0]!.suspicion.total, order(true)[1]!.suspicion.total + 0.25);
    assertEquals(order(false).map((one) => one.what), ["red", "tea", what]);
    const { total, ...parts } = order(false)[2]!.suspicion;
    assertEquals(total, Object.values(parts).reduce((sum, part) => sum + part, 0));
  }
});

Deno.test("what is not seen is told where it is more suspicious than what is seen, and suspicious", () => {
  const seen = judged("token", "usual", -4, { alike: 200 });
  const weak = judged("punctuation", "--", 0, { unseen: true, inside: 4, alike: 60 });
  const strong = judged("punctuation", "!!!", 2, { unseen: true });
  const ranked = rank([seen, weak, strong]);
  const total = ranked.findings[0]!.suspicion.total;
  assertEquals(ranked.notSeen.map(({ what }) => what), ["!!!"]);
  assertEquals(ranked.unseen, 2);
  // The weak one is more suspicious than what is seen, which is nearly nothing.
  const [told] = rank([{ ...weak, probed: seen.probed }]).findings;
  assert(told!.suspicion.total > total && told!.suspicion.total < 3.75);
  assert(ranked.notSeen[0]!.suspicion >= 3.75 && ranked.notSeen[0]!.suspicion < 7.5);
});

Deno.test("how far words apart move texts says nothing of what is usual", () => {
  const words = ["red", "tea", "who"].map((what) => judged("token", what, 0));
  const apart = Array.from({ length: 4 }, (_, i) => {
    const { feature, probed } = judged("pair", `a${i} … b${i}`, 0);
    return { feature, probed: { ...probed, shift: 0.01 } };
  });
  const { findings } = rank([...words, ...apart]);
  const effects = findings.filter(({ kind }) => kind === "token").map(({ suspicion }) =>
    suspicion.effect
  );
  assertEquals(effects, [0, 0, 0]);
});
