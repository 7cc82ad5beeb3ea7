import { TrainingRows } from "@heatword/datasets/corpus";
import { TRAINING_ROWS } from "@heatword/datasets/folders";
import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import fc from "fast-check";
import { chooseRows } from "../../../datasets/corpus/_evaluated_rows.ts";
import type { LabelledText } from "@heatword/datasets/tables";
import { testPermitted } from "../../_skip.ts";

const test = testPermitted("read", "write");

const row = (text: string, label = "a"): LabelledText => ({ id: text, text, label });
const rows = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => row(`text ${from + i}`, i % 2 ? "a" : "b"));

Deno.test("TrainingRows finds each row as often as it was trained on", () => {
  const anyRows = fc.array(fc.tuple(fc.constantFrom("x", "y", "z"), fc.constantFrom("a", "b")), {
    maxLength: 12,
  }).map((list) => list.map(([text, label]) => row(text, label)));
  fc.assert(fc.property(anyRows, anyRows, (trained, other) => {
    const found = TrainingRows.of(trained).divide(other);
    const key = ({ text, label }: LabelledText) => `${text} ${label}`;
    const count = (list: readonly LabelledText[], name: string) =>
      list.filter((one) => key(one) === name).length;
    for (const name of new Set(other.map(key))) {
      const [before, now] = [count(trained, name), count(other, name)];
      assertEquals(count(found.trained, name), Math.min(before, now));
      assertEquals(count(found.others, name), Math.max(0, now - before));
    }
    const names = new Set(trained.map(key));
    assertEquals(found.repeated, found.others.filter((one) => names.has(key(one))).length);
  }));
});

Deno.test("TrainingRows knows a row whose white space or accents were written in another way", () => {
  const known = TrainingRows.of([row("  caf\u00e9\r\nnoir "), row("The moon", "b")]);
  const { trained, others } = known.divide([
    row("cafe\u0301 noir", " a"),
    row("the moon", "b"),
    row("The moon", "a"),
  ]);
  assertEquals(trained.map(({ text }) => text), ["cafe\u0301 noir"]);
  assertEquals(others, [row("the moon", "b"), row("The moon", "a")]);
});

test("TrainingRows stands beside its model, and tells nothing of another", async () => {
  const folder = await Deno.makeTempDir();
  try {
    assertEquals(await TrainingRows.load(folder), undefined);
    assertEquals(await TrainingRows.load(`${folder}/model.ts`), undefined);
    await Deno.writeTextFile(`${folder}/model.json`, "one");
    await TrainingRows.of([row("x"), row("x"), row("y")]).save(folder);
    const path = `${folder}/${TRAINING_ROWS}`;
    assertEquals((await Deno.stat(path)).size, 8 + 32 + 3 * 8);
    const loaded = await TrainingRows.load(folder);
    assertEquals(loaded!.size, 3);
    assertEquals(loaded!.divide([row("x"), row("x"), row("x"), row("z")]), {
      trained: [row("x"), row("x")],
      others: [row("x"), row("z")],
      repeated: 1,
    });
    // The same rows in another order give the same bytes.
    const bytes = await Deno.readFile(path);
    await TrainingRows.of([row("y"), row("x"), row("x")]).save(folder);
    assertEquals(await Deno.readFile(path), bytes);
    await Deno.writeTextFile(`${folder}/model.json`, "two");
    assertEquals(await TrainingRows.load(folder), undefined);
    await Deno.writeFile(path, bytes.subarray(0, 50));
    await assertRejects(() => TrainingRows.load(folder), SyntaxError, "it is damaged");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

type Choice = Parameters<typeof chooseRows>[1];

/** How many rows are measured on and how many are known to be learned from, and what is said. */
function choose(all: readonly LabelledText[], more: Partial<Choice>) {
  const said: string[] = [];
  const choice = { testPart: false, isSplit: false, seed: 0, ...more };
  const { test, train } = chooseRows(all, choice, (line) => said.push(line));
  return { test, counts: [test.length, train.length], said };
}

const trained = TrainingRows.of(rows(0, 1200));

Deno.test("evaluate leaves out the training rows of the table that a model was trained on", () => {
  for (const testPart of [false, true]) {
    const { test, counts, said } = choose(rows(0, 1500).toReversed(), { trained, testPart });
    assertEquals(counts, [300, 1200]);
    assertEquals(test, rows(1200, 1500).toReversed());
    const way = testPart ? "" : ", and left out; --include-training takes them in";
    assertEquals(said, [`1,200 of these 1,500 rows were trained on${way}`]);
  }
});

Deno.test("evaluate takes training rows only where that is said", () => {
  const { counts, said } = choose(rows(0, 1500), { trained, includeTraining: true });
  assertEquals([counts, said.length], [[1500, 0], 1]);
  assertEquals(said[0]!.startsWith("1,200 of these 1,500 rows were trained on: figures"), true);
});

Deno.test("evaluate refuses a table that is mostly made of training rows", () => {
  assertThrows(
    () => choose([...rows(0, 600), ...rows(2000, 2100)], { trained }),
    RangeError,
    '600 of these 700 rows were trained on, the first is "text 0": add --test-part to leave them ' +
      "out, or --include-training to take them",
  );
  const part = choose([...rows(0, 600), ...rows(2000, 2100)], { trained, testPart: true });
  assertEquals([part.counts, part.said], [[100, 600], [
    "600 of these 700 rows were trained on",
  ]]);
  assertThrows(
    () => choose(rows(0, 1200), { trained }),
    RangeError,
    "All 1,200 rows were trained on: give others, train with --test-percent to keep some, or add " +
      "--include-training",
  );
});

Deno.test("evaluate names duplicates of training rows in another table, and takes them", () => {
  const other = [...rows(2000, 2100), ...rows(0, 3), row("text 1", "a")];
  const { counts, said } = choose(other, { trained });
  assertEquals([counts, said], [[104, 0], [
    "4 of these 104 rows have the text and class of a row that was trained on; --test-part leaves " +
    "them out",
  ]]);
  assertEquals(choose(rows(2000, 2100), { trained }), {
    test: rows(2000, 2100),
    counts: [100, 0],
    said: [],
  });
});

Deno.test("evaluate counts what stands in both parts of the table that a model was trained on", () => {
  const { counts, said } = choose([...rows(0, 1500), ...rows(0, 2)], { trained });
  assertEquals([counts, said[1]], [
    [302, 1200],
    "2 other rows have the text and class of one of them",
  ]);
});

Deno.test("evaluate takes the test rows of a split, without those that were trained on", () => {
  const split = rows(0, 20).map((one, i) => ({
    ...one,
    ...(i < 12 ? { part: "train" as const } : i < 18 ? { part: "test" as const } : {}),
  }));
  assertEquals(choose(split, { isSplit: true }).counts, [6, 12]);
  const known = TrainingRows.of(rows(0, 14));
  const { counts, said } = choose(split, { isSplit: true, trained: known, testPart: true });
  assertEquals([counts, said], [[4, 14], [
    "6 of these 20 rows are of the test part",
    "2 of these 6 rows were trained on",
  ]]);
  assertThrows(
    () => choose(rows(0, 4), { isSplit: true }),
    RangeError,
    "The split has no row to test on",
  );
});

Deno.test("evaluate --test-part splits as training does where a model tells no rows", () => {
  assertEquals(choose(rows(0, 100), { testPart: true }).counts, [20, 80]);
  assertEquals(choose(rows(0, 100), {}).counts, [100, 0]);
});
