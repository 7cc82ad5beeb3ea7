import { partOf, readLabelled, readSplit } from "@heatword/datasets/tables";
import { assertEquals, assertRejects } from "@std/assert";
import { testPermitted } from "../../_skip.ts";

const test = testPermitted("read", "write");

async function inFile<T>(name: string, content: string, work: (path: string) => Promise<T>) {
  const dir = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${dir}/${name}`, content);
    return await work(`${dir}/${name}`);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

test("readSplit() reads lists of rows, names of parts, and lines of either", async (t) => {
  const none = undefined;
  const cases: Record<string, [string, (string | undefined)[]]> = {
    "lists in JSON": ['{"about": "x", "rows": 4, "train": [0, 3], "test": [1]}', [
      "train",
      "test",
      none,
      "train",
    ]],
    "three lists": ['{"training": [0], "dev": [2], "test": [1, 3]}', [
      "train",
      "test",
      "validation",
      "test",
    ]],
    "a test list alone": ['{"test": [1]}', ["train", "test", "train", "train"]],
    "a train list alone": ['{"train": [1]}', ["test", "train", "test", "test"]],
    "a list of numbers": ["[0, 2]", ["test", "train", "test", "train"]],
    "a list of names": ['["train", "Test", "val", "train"]', [
      "train",
      "test",
      "validation",
      "train",
    ]],
    "lines of numbers": ["3\r\n1\r\n\n", ["train", "test", "train", "test"]],
    "lines of names": ["test\ntrain\ntest\ntrain\n", ["test", "train", "test", "train"]],
  };
  for (const [name, [content, expected]] of Object.entries(cases)) {
    await t.step(name, async () => {
      const parts = await inFile("split", content, readSplit);
      assertEquals([0, 1, 2, 3].map(parts.of), expected);
      parts.check(4);
    });
  }
});

test("readSplit() says in one line what is wrong", async (t) => {
  const long = "x".repeat(500);
  const cases: Record<string, [string, string]> = {
    "no JSON": ["{train", "it is not JSON"],
    "no part": ['{"rows": [1]}', 'it has no list of rows "train" or "test"'],
    "a part twice": ['{"dev": [1], "val": [2], "test": []}', "it has the part validation twice"],
    "a row twice": ['{"train": [1, 2], "test": [2]}', "row 2 is there twice: in train and in test"],
    "a row below 0": ['{"test": [-1]}', "-1 among the rows of test is not a whole number from 0"],
    "another part": ['["train", "later"]', 'row 1 has "later", which is neither train, valid'],
    "an article": [`["train", "${long}"]`, `row 1 has "${"x".repeat(59)}…, which is neither`],
    "nothing": ["\n", "it is empty"],
    "no number": [`4\n${long}`, `"${"x".repeat(60)}…" is not the number of a row`],
  };
  for (const [name, [content, message]] of Object.entries(cases)) {
    await t.step(name, async () => {
      const error = await assertRejects(() => inFile("s.json", content, readSplit), SyntaxError);
      assertEquals(
        error.message.replace(/^Cannot read the split ".*?\/s\.json": /, "").slice(
          0,
          message.length,
        ),
        message,
      );
      assertEquals(error.message.includes("\n"), false);
    });
  }
  await assertRejects(() => readSplit("/no/split"), Deno.errors.NotFound, "Cannot find the split");
});

Deno.test("partOf() knows parts by the names that people give them", () => {
  assertEquals(["TRAIN", " dev ", "valid", "held-out", "testing", "x", "constructor"].map(partOf), [
    "train",
    "validation",
    "validation",
    "validation",
    "test",
    undefined,
    undefined,
  ]);
});

const TABLE = "text,label,part\na,x,train\n,y,test\nb,y,dev\nc,y,test\nd,x,TRAIN\ne,y,later\n";

test("readLabelled() takes the parts of rows from a column", () =>
  inFile("t.csv", TABLE, async (path) => {
    const { rows, bad } = await readLabelled(path, { splitColumn: "part" });
    assertEquals(rows.map(({ text, part }) => [text, part]), [
      ["a", "train"],
      ["b", "validation"],
      ["c", "test"],
      ["d", "train"],
    ]);
    assertEquals(bad.at(-1), {
      place: "line 7",
      problem: 'the split is "later", which is neither train, validation nor test',
    });
  }));

test("readLabelled() counts rows of a split from 0, those too that cannot be used", () =>
  inFile("t.csv", TABLE.replace("b,y", "\n\nb,y"), async (path) => {
    const read = (split: string) =>
      inFile("split.txt", split, (split) => readLabelled(path, { split }));
    const { rows } = await read("2\n4");
    assertEquals(rows.map(({ text, part }) => [text, part]), [
      ["a", "train"],
      ["b", "test"],
      ["c", "train"],
      ["d", "test"],
      ["e", "train"],
    ]);
    await assertRejects(
      () => read("6"),
      RangeError,
      "the split speaks of row 6, the data has 6 rows, counted from 0",
    );
    await assertRejects(
      () => read("train\ntest"),
      RangeError,
      "the split names the parts of 2 rows, the data has 6",
    );
    await assertRejects(
      () => readLabelled(path, { split: "s", splitColumn: "part" }),
      RangeError,
      "in a file or in a column, not in both",
    );
  }));
