import { loadTfjsModel, type TextSettings, type TfjsOptions } from "@heatword/core/tfjs";
import "@heatword/datasets/tokenizers";
import { assertEquals, assertRejects } from "@std/assert";
import { predict } from "./_saved.ts";
import { close } from "./_small.ts";
import { rowsSeen, textModel } from "./_text_model.ts";

const vocabulary = { good: 1, bad: 2, fine: 3, poor: 4 };

/** What a model of layers, and one that the library runs, make of a text: the same. */
async function rowsOf(
  text: string,
  options: TfjsOptions,
  sizes: { rows?: number; length?: number } = {},
) {
  const found: number[][] = [];
  let unknown: readonly number[] | undefined;
  for (const recurrent of [false, true]) {
    const { model, files } = await textModel({ ...sizes, recurrent });
    const loaded = await loadTfjsModel(files, { vocabulary, ...options });
    const input = loaded.encode(loaded.read(text));
    const rows = rowsSeen(input);
    if (!rows.includes(-1)) close([...loaded.scores(input as never)], predict(model, rows));
    found.push(rows);
    unknown = input.unknown;
    if ("dispose" in loaded) loaded.dispose();
  }
  assertEquals(found[0], found[1]);
  return { rows: found[0]!, unknown: unknown! };
}

Deno.test("text.json says where padding stands, and which end of a text is cut", async () => {
  const long = "good bad fine poor good";
  const cases: [text: string, settings: TextSettings, rows: number[]][] = [
    ["good bad", {}, [1, 2, 0, 0]],
    ["good bad", { paddingSide: "pre" }, [0, 0, 1, 2]],
    ["good bad", { paddingSide: "pre", padding: 5 }, [5, 5, 1, 2]],
    [long, {}, [1, 2, 3, 4]],
    [long, { truncatingSide: "pre" }, [2, 3, 4, 1]],
    [long, { truncatingSide: "pre", paddingSide: "pre", maxWords: 2 }, [0, 0, 4, 1]],
    ["", { paddingSide: "pre" }, [0, 0, 0, 0]],
    ["good bad", { start: 6 }, [6, 1, 2, 0]],
    ["good bad", { start: 6, paddingSide: "pre" }, [0, 6, 1, 2]],
    [long, { start: 6 }, [6, 1, 2, 3]],
    // As pad_sequences does, a text that is cut in front loses its start.
    [long, { start: 6, truncatingSide: "pre" }, [2, 3, 4, 1]],
    ["good bad fine", { start: 6, truncatingSide: "pre" }, [6, 1, 2, 3]],
    ["good bad fine poor", { start: 6, truncatingSide: "pre" }, [1, 2, 3, 4]],
    ["bad", { offset: 3 }, [5, 0, 0, 0]],
    ["good zzz bad", { unknown: 7 }, [1, 7, 2, 0]],
    ["good zzz bad", { unknown: "drop" }, [1, 2, 0, 0]],
    ["good zzz bad", { unknown: "drop", paddingSide: "pre" }, [0, 0, 1, 2]],
    // Words that are left out take no room.
    ["zzz good zzz bad fine poor good", { unknown: "drop" }, [1, 2, 3, 4]],
    [
      "good bad zzz fine poor zzz good",
      { unknown: "drop", truncatingSide: "pre" },
      [2, 3, 4, 1],
    ],
    ["good fine poor", { numWords: 4, unknown: 7 }, [1, 3, 7, 0]],
    ["good fine", { offset: 2, numWords: 5, unknown: 7 }, [3, 7, 0, 0]],
  ];
  for (const [text, settings, rows] of cases) {
    const found = await rowsOf(text, settings, { length: 4 });
    assertEquals(found.rows, rows, JSON.stringify([text, settings]));
  }
});

Deno.test("text.json can give a length to a model that takes any", async () => {
  assertEquals((await rowsOf("good bad", { length: 5 })).rows, [1, 2, 0, 0, 0]);
  assertEquals((await rowsOf("good bad", { length: 3, paddingSide: "pre" })).rows, [0, 1, 2]);
  assertEquals((await rowsOf("good bad", {})).rows, [1, 2]);
  assertEquals((await rowsOf("good bad", { start: 5 })).rows, [5, 1, 2]);
  const { files } = await textModel({ length: 4 });
  await assertRejects(
    () => loadTfjsModel(files, { vocabulary, length: 5 }),
    SyntaxError,
    '"length" is 5, but the inputs of the model have 4 rows',
  );
});

Deno.test("unknown words are told though they have a row, and dropped ones too", async () => {
  for (const unknown of [7, "drop", null] as const) {
    const found = await rowsOf("zzz good yyy", { unknown }, { length: 4 });
    assertEquals(found.unknown, [0, 2]);
  }
  const { files } = await textModel();
  const model = await loadTfjsModel(files, { vocabulary: { "<OOV>": 1, good: 2 } });
  const input = model.encode(model.read("good zzz"));
  assertEquals([rowsSeen(input), input.unknown], [[2, 1], [1]]);
});

Deno.test("what a text loses at either end is told in its document", async () => {
  const { files } = await textModel({ length: 2 });
  const text = "good, bad fine!";
  const read = async (settings: TextSettings) => {
    const model = await loadTfjsModel(files, { vocabulary, ...settings });
    const { tokens, truncated, unseen } = model.read(text);
    return {
      words: tokens.map(({ text }) => text),
      truncated,
      unseen: unseen!.map(({ start, end, reason }) => [text.slice(start, end), reason]),
    };
  };
  assertEquals(await read({}), {
    words: ["good", "bad"],
    truncated: 1,
    unseen: [[",", "filtered"], ["fine", "beyond the limit"], ["!", "filtered"]],
  });
  assertEquals(await read({ truncatingSide: "pre" }), {
    words: ["bad", "fine"],
    truncated: 1,
    unseen: [["good", "beyond the limit"], [",", "filtered"], ["!", "filtered"]],
  });
});

Deno.test("documents of other readers keep their words at their positions", async () => {
  const { files } = await textModel({ length: 2 });
  const words = "good bad fine".split(" ");
  const tokens = words.map((text, t) => ({ text, start: 5 * t, end: 5 * t + text.length }));
  const front = await loadTfjsModel(files, { vocabulary, truncatingSide: "pre" });
  const input = front.encode({ text: words.join(" "), tokens });
  assertEquals([[...input.rows!], rowsSeen(input)], [[1, 2, 3], [2, 3]]);
});

Deno.test("a word is looked up in lower case too, but not by tokenizers that settle the case", async () => {
  const { files } = await textModel();
  const rows = async (tokenizer: TextSettings["tokenizer"]) => {
    const model = await loadTfjsModel(files, { vocabulary, unknown: 5, tokenizer: tokenizer! });
    return rowsSeen(model.encode(model.read("Good BAD fine")));
  };
  assertEquals(await rows("unicode"), [1, 2, 3]);
  assertEquals(await rows("vocabulary"), [1, 2, 3]);
  assertEquals(await rows("keras"), [1, 2, 3]);
  assertEquals(await rows({ name: "keras", lower: false }), [5, 5, 3]);
});

Deno.test("settings that make no sense are refused by name", async () => {
  const { files } = await textModel();
  const cases: [settings: Record<string, unknown>, message: string][] = [
    [{ start: 8 }, '"start" is 8, neither null nor a row: the rows are 0 to 7'],
    [{ unknown: "skip" }, '"unknown" is "skip", neither null nor a row'],
    [{ truncatingSide: "left" }, '"truncatingSide" is "left", neither "post" nor "pre"'],
    [{ offset: 0.5 }, '"offset" is 0.5, not a whole number'],
    [{ numWords: 0 }, '"numWords" is 0, not a positive integer'],
    [{ length: -1 }, '"length" is -1, not a positive integer'],
    [{ vocabulary: "../v.json" }, '"vocabulary" is "../v.json", not the plain name of a file'],
    [{ classes: 3 }, '"classes" is 3, neither a file nor a list'],
    [{ offset: -2 }, 'word "good" has row 1 (with -2 added), but the rows are 0 to 7'],
    [{ tokenizer: 3 }, '"tokenizer" is not a name'],
  ];
  for (const [settings, message] of cases) {
    const beside = new Map(files).set(
      "text.json",
      new TextEncoder().encode(JSON.stringify(settings)),
    ).set("vocabulary.json", new TextEncoder().encode(JSON.stringify(vocabulary)));
    await assertRejects(() => loadTfjsModel(beside), SyntaxError, message);
  }
});
