import { nameOf, type Placed, probeOf, readProbe } from "@heatword/eval/audit";
import { assertEquals } from "@std/assert";

/** A text cut at blanks. */
function document(text: string) {
  const tokens = [...text.matchAll(/\S+/g)].map(({ 0: word, index }) => ({
    text: word,
    start: index,
    end: index + word.length,
  }));
  return { text, tokens };
}

const having = ["violet one lantern", "violet two lantern", "lantern three violet"];
const others = ["four five six seven", "eight nine", "ten", "eleven twelve thirteen"];
const texts = [...having, ...others].map((text, i) => {
  const of = Number(i >= having.length);
  return { document: document(text), predicted: of, label: of, relevance: [] };
});

const feature: Placed = {
  kind: "pair",
  what: "lantern … violet",
  target: 0,
  inside: 3,
  all: 3,
  evidence: 5,
  isWhole: false,
  places: new Map(having.map((text, i) => {
    const { tokens } = document(text);
    return [i, [tokens[0]!, tokens[2]!].map(({ start, end }) => [start, end] as const)];
  })),
  phrase: "",
  company: 0.5,
  neighbours: 0,
  usualCompany: { median: 0.75, spread: 0.1 },
  alike: 1,
};

const probe = probeOf(texts, feature, { insertions: 4, deletions: 3 }, 7);

const asked = probe.tasks.map((task) => "texts" in task ? task.texts : []);

/** What comes out of a model that scores texts so. */
function probed(margin: (words: ReadonlySet<string>) => number) {
  const answers = asked.map((texts) =>
    texts.map((text) => {
      const scored = margin(new Set(text.split(/\s+/)));
      return { predicted: scored > 0 ? 0 : 1, margin: scored };
    })
  );
  return readProbe(texts, feature, probe, answers);
}

Deno.test("words apart are put in as most texts have them, and compared with either alone", () => {
  assertEquals(probe.tasks[0]!.name, `without ${nameOf(feature)}`);
  const [both, alone] = [asked[1]!, asked[2]!];
  assertEquals(alone.length, 2 * both.length);
  both.forEach((text, k) => {
    const words = text.split(" ");
    assertEquals(words.at(-1), "lantern");
    assertEquals(
      words.filter((word) => word !== "lantern" && word !== "violet"),
      others[k]!.split(" "),
    );
    assertEquals(alone[k], words.slice(0, -1).join(" "));
    assertEquals(
      alone[k + both.length],
      words.filter((word) => word !== "violet").join(" "),
    );
  });
});

Deno.test("a model that reacts to two words in any order sees them, one that looks at either does not", () => {
  const has = (words: ReadonlySet<string>, word: string) => words.has(word) ? 1 : 0;
  const together = probed((words) => 3 * has(words, "violet") * has(words, "lantern") - 1);
  assertEquals(
    [together.unseen, together.shift, together.turned, together.inserted, together.flips],
    [false, 3, 4, 4, 3],
  );
  const either = probed((words) => Math.max(has(words, "violet"), has(words, "lantern")) - 0.5);
  assertEquals([either.unseen, either.shift], [true, 0]);
  const sum = probed((words) => 2 * has(words, "violet") + has(words, "lantern"));
  assertEquals([sum.unseen, sum.shift], [false, 1]);
  assertEquals(probed(() => 0).unseen, true);
});
