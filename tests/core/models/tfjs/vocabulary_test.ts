import { inspectTfjsModel, loadTfjsModel, type StoredSettings } from "@heatword/core/tfjs";
import "@heatword/datasets/tokenizers";
import { assert, assertEquals, assertRejects } from "@std/assert";
import { rowsSeen, textModel } from "./_text_model.ts";

const table = { good: 1, bad: 2, fine: 3, poor: 4 };
const { files: alone } = await textModel({ rows: 6 });

/** The model with files beside it. */
function withFiles(beside: Record<string, unknown>): ReadonlyMap<string, Uint8Array> {
  const files = new Map(alone);
  for (const [name, json] of Object.entries(beside)) {
    files.set(name, new TextEncoder().encode(JSON.stringify(json)));
  }
  return files;
}

async function read(beside: Record<string, unknown>, text: string) {
  const model = await loadTfjsModel(withFiles(beside));
  return { model, rows: rowsSeen(model.encode(model.read(text))) };
}

/** What Tokenizer.to_json() of Keras writes. */
const keras = (config: Record<string, unknown> = {}) => ({
  class_name: "Tokenizer",
  config: {
    num_words: null,
    filters: '!"#$%&()*+,-./:;<=>?@[\\]^_`{|}~\t\n',
    lower: true,
    split: " ",
    char_level: false,
    oov_token: null,
    document_count: 3,
    word_counts: '{"good": 4}',
    index_word: '{"1": "good", "2": "bad", "3": "fine", "4": "poor"}',
    word_index: JSON.stringify(table),
    ...config,
  },
});

Deno.test("a vocabulary is read in every shape in which programs write it", async (t) => {
  const shapes: Record<string, Record<string, unknown>> = {
    "words and rows": { "vocabulary.json": table },
    "rows in quotes": { "vocabulary.json": { good: "1", bad: "2", fine: "3", poor: "4" } },
    "rows and words": { "vocabulary.json": { 1: "good", 2: "bad", 3: "fine", 4: "poor" } },
    "a list": { "vocabulary.json": ["<pad>", "good", "bad", "fine", "poor", "more"] },
    "a list that begins with the empty word": {
      "vocabulary.json": ["", "good", "bad", "fine", "poor"],
    },
    "a list of pairs": { "vocabulary.json": Object.entries(table) },
    "word_index.json": { "word_index.json": table },
    "vocab.json": { "vocab.json": table },
    "dictionary.json with rows that are not words": {
      "dictionary.json": { PAD: 0, UNKNOWN: 5, LOOKUP: table },
    },
    "a table inside": { "vocabulary.json": { max_length: 20, word_index: table } },
    "a table inside beside its inverse": {
      "vocabulary.json": { index_word: { 1: "good" }, word_index: table },
    },
    "Tokenizer.to_json()": { "tokenizer.json": keras() },
    "Tokenizer.to_json() in vocabulary.json": { "vocabulary.json": keras() },
    "Tokenizer.to_json() written once more": { "tokenizer.json": JSON.stringify(keras()) },
    "Tokenizer.to_json() with a table": { "tokenizer.json": keras({ word_index: table }) },
    "a file that text.json names": {
      "text.json": { vocabulary: "words.json" },
      "words.json": table,
      "vocab.json": { other: 1 },
    },
    "vocabulary.json before others": { "vocabulary.json": table, "vocab.json": { other: 1 } },
  };
  for (const [name, beside] of Object.entries(shapes)) {
    await t.step(name, async () => {
      assertEquals((await read(beside, "Good bad, poor fine!")).rows, [1, 2, 4, 3]);
    });
  }
});

Deno.test("a vocabulary that can be read in two ways, or in none, is refused with a way out", async (t) => {
  const cases: Record<string, [beside: Record<string, unknown>, message: string]> = {
    "numbers for numbers": [
      { "vocabulary.json": { 1: "2", 2: "1" } },
      "all words and all rows are numbers in quotes: nobody can tell which are which",
    ],
    "a list one shorter than the Embedding": [
      { "vocabulary.json": ["good", "bad", "fine", "poor", "more"] },
      'say which by "offset" in "text.json", {"offset": 1} where row 0 is for padding',
    ],
    "a word twice": [
      { "vocabulary.json": ["<pad>", "good", "good"] },
      'word "good" is there twice, in rows 1 and 2',
    ],
    "two files": [
      { "word_index.json": table, "vocab.json": table },
      'both "word_index.json" and "vocab.json" are there; name one in "text.json", ' +
      '{"vocabulary": "word_index.json"}',
    ],
    "several tables": [
      { "vocabulary.json": { a: { good: 1 }, b: { bad: 1 } } },
      'it holds several tables, "a", "b"',
    ],
    "a tokenizer of Hugging Face": [
      { "tokenizer.json": { version: "1.0", model: { type: "WordPiece", vocab: { a: 1 } } } },
      "it is a tokenizer of Hugging Face",
    ],
    "a text": [{ "vocabulary.json": "good bad" }, 'it is a text, not {"word": row, …}'],
    "a number": [{ "vocabulary.json": 3 }, 'it is 3, not {"word": row, …}'],
    "words for words": [
      { "vocabulary.json": { good: "gut" } },
      'word "good" has row "gut"; make it {"word": row, …}',
    ],
    "rows of another model": [
      { "vocabulary.json": { good: 600, bad: 500 } },
      'word "bad" has row 500, but the rows are 0 to 5, and no other word has one of these: is it ' +
      "the vocabulary of another model?",
    ],
    "a tokenizer that was not fitted": [
      { "tokenizer.json": keras({ word_index: undefined, index_word: undefined }) },
      'the tokenizer has no "word_index": fit it on texts before it is written',
    ],
    "a tokenizer with an odd field": [
      { "tokenizer.json": keras({ lower: "yes" }) },
      '"lower" of the tokenizer is "yes", not a boolean',
    ],
  };
  for (const [name, [beside, message]] of Object.entries(cases)) {
    await t.step(name, async () => {
      await assertRejects(() => read(beside, "a"), SyntaxError, message);
    });
  }
  await assertRejects(
    () => read({ "text.json": { vocabulary: "gone.json" } }, "a"),
    Deno.errors.NotFound,
    'Cannot find "gone.json" in the given files, which "text.json" names as "vocabulary"',
  );
  await assertRejects(() => read({}, "a"), Deno.errors.NotFound, 'put it into "vocabulary.json"');
});

Deno.test("a list one shorter than the Embedding is read by the offset that is given", async () => {
  const beside = { "vocabulary.json": ["good", "bad", "fine", "poor", "more"] };
  assertEquals((await read({ ...beside, "text.json": { offset: 1 } }, "good more")).rows, [1, 5]);
  assertEquals((await read({ ...beside, "text.json": { offset: 0 } }, "good more")).rows, [0, 4]);
});

Deno.test("words of rows that the Embedding does not have are unknown, and told once", async () => {
  const longer = { ...table, seven: 7, six: 6, more: 60 };
  const { model, rows } = await read({ "word_index.json": longer }, "good six more");
  assertEquals(rows, [1, -1, -1]);
  assertEquals(model.notes, [
    '3 of the 7 words of "word_index.json" have further rows, where the Embedding has 6 rows: they ' +
    'are unknown to the model (the first is "six")',
  ]);
  assertEquals((await read({ "vocabulary.json": table }, "good")).model.notes, []);
  const limited = await read({ "tokenizer.json": keras({ num_words: 3 }) }, "good fine bad");
  assertEquals(limited.model.notes, [
    '2 of the 4 words of "tokenizer.json" have further rows, where the model uses the rows below 3 ' +
    'alone: they are unknown to the model (the first is "fine")',
  ]);
  // Without oov_token Keras leaves such words out.
  assertEquals(limited.rows, [1, 2]);
});

Deno.test("a tokenizer of Keras says how texts are cut", async () => {
  const own = {
    filters: ".",
    lower: false,
    split: "|",
    oov_token: "x",
    word_index: { x: 1, "A b": 2 },
  };
  const { model, rows } = await read({ "tokenizer.json": keras(own) }, "A b.a b|A b");
  assertEquals(rows, [2, 1, 2]);
  assertEquals(model.reader.reading, {
    tokenizer: "keras",
    options: { filters: ".", lower: false, split: "|", charLevel: false },
    maxWords: 400,
  });
  const characters = { char_level: true, word_index: { a: 1, b: 2, " ": 3 } };
  assertEquals((await read({ "tokenizer.json": keras(characters) }, "B aC")).rows, [2, 3, 1]);
});

Deno.test("a table of characters is read by characters", async () => {
  const letters = Object.fromEntries([" ", ..."abcd"].map((letter, row) => [letter, row + 1]));
  const { model, rows } = await read({ "vocabulary.json": letters }, "bad C");
  assertEquals(rows, [3, 2, 5, 1, 4]);
  assertEquals(model.reader.reading!.tokenizer, "characters");
});

Deno.test("the names of classes are read in every shape in which programs write them", async (t) => {
  const names = ["pos", "neg"];
  const shapes: Record<string, Record<string, unknown>> = {
    "a list": { "classes.json": names },
    "numbers and names": { "classes.json": { 1: "neg", 0: "pos" } },
    "names and numbers": { "classes.json": { neg: 1, pos: 0 } },
    "id2label": { "classes.json": { id2label: { 0: "pos", 1: "neg" }, other: 1 } },
    "labels.json": { "labels.json": names },
    "label2id.json": { "label2id.json": { pos: 0, neg: 1 } },
    "names in text.json": { "text.json": { classes: names } },
    "a file that text.json names": { "text.json": { classes: "c.json" }, "c.json": names },
  };
  for (const [name, beside] of Object.entries(shapes)) {
    await t.step(name, async () => {
      assertEquals((await read({ "vocabulary.json": table, ...beside }, "a")).model.classes, names);
    });
  }
  const wrong: [json: unknown, message: string][] = [
    [{ pos: 0, neg: 0 }, 'classes "pos" and "neg" have the same number, 0'],
    [{ pos: 1, neg: 2 }, "no class has number 0"],
    [{ 0: "pos", one: "neg" }, 'it is neither {"0": "name", …} nor {"name": 0, …}; make it a list'],
    [{}, "it names no class"],
    [[], "it names no class"],
    ["pos", "it is not a list of names"],
  ];
  for (const [json, message] of wrong) {
    const beside = { "vocabulary.json": table, "classes.json": json };
    await assertRejects(() => read(beside, "a"), SyntaxError, message);
  }
});

Deno.test("inspectTfjsModel() gives settings by which the model reads the same", async () => {
  const sources: Record<string, unknown>[] = [
    { "vocabulary.json": table },
    { "tokenizer.json": keras({ num_words: 4, oov_token: "bad" }), "labels.json": { a: 0, b: 1 } },
    { "dictionary.json": { PAD: 0, START: 5, UNKNOWN: 4, LOOKUP: { good: 1, bad: 2 } } },
    { "vocab.json": { good: 0, bad: 1 }, "text.json": { offset: 2, length: 7, unknown: "drop" } },
  ];
  const text = "Good bad fine: poor, “good” zzz";
  for (const beside of sources) {
    const { model, rows } = await read(beside, text);
    const { settings } = await inspectTfjsModel(withFiles(beside));
    const written: StoredSettings = JSON.parse(JSON.stringify(settings));
    const again = await read({ ...beside, "text.json": written }, text);
    assertEquals(again.rows, rows);
    assertEquals(again.model.classes, model.classes);
    assertEquals(
      (await inspectTfjsModel(withFiles({ ...beside, "text.json": written }))).settings,
      settings,
    );
    assert(settings.vocabulary! in beside);
  }
});
