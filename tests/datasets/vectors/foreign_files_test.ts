import { NamedVectors, parseVectors, toWord2Vec } from "@heatword/datasets/vectors";
import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import fc from "fast-check";
import { pieces, readWhole } from "./_bytes.ts";

const moon = ["moon", 1, 2, 3];
const ride = ["ride", 4, 5, 6];
const utf8 = (text: string) => new TextEncoder().encode(text);

/** Text files that others wrote, and their right words. */
const TEXTS: Record<string, [file: string, words: unknown[][]]> = {
  "a byte order mark at the start, which is none of the word": [
    "\ufeffmoon 1 2 3\nride 4 5 6\n",
    [moon, ride],
  ],
  "a byte order mark before the header": ["\ufeff2 3\nmoon 1 2 3\nride 4 5 6\n", [moon, ride]],
  "a byte order mark before a word, which is part of it": [
    "3 3\n\ufeffmoon 9 9 9\nmoon 1 2 3\nride 4 5 6\n",
    [["\ufeffmoon", 9, 9, 9], moon, ride],
  ],
  "a byte order mark before a later word": [
    "moon 1 2 3\n\ufeffmoon 9 9 9\nride 4 5 6\n",
    [moon, ["\ufeffmoon", 9, 9, 9], ride],
  ],
  "a line feed as the first word": [
    "3 3\n\n 9 9 9\nmoon 1 2 3\nride 4 5 6\n",
    [["\n", 9, 9, 9], moon, ride],
  ],
  "a line feed as a later word": [
    "3 3\nmoon 1 2 3\n\n 9 9 9\nride 4 5 6\n",
    [moon, ["\n", 9, 9, 9], ride],
  ],
  "a line feed as the first word, no header": [
    "\n 9 9 9\nmoon 1 2 3\nride 4 5 6\n",
    [["\n", 9, 9, 9], moon, ride],
  ],
  "dots with blanks as the first word": [
    ". . . 7 8 9\nmoon 1 2 3\nride 4 5 6\n",
    [[". . .", 7, 8, 9], moon, ride],
  ],
  "numbers as words": ["2 3\n95 1 2 3\n1e3 4 5 6\n", [["95", 1, 2, 3], ["1e3", 4, 5, 6]]],
  "numbers as words, no header": ["95 1 2 3\n-1 4 5 6\n", [["95", 1, 2, 3], ["-1", 4, 5, 6]]],
  "tabs everywhere": ["2\t3\nmoon\t1\t2\t3\nride\t4\t5\t6\n", [moon, ride]],
  "a tab in the header alone": ["2\t3\nmoon 1 2 3\nride 4 5 6\n", [moon, ride]],
  "carriage returns": ["2 3\r\nmoon 1 2 3\r\nride 4 5 6\r\n", [moon, ride]],
  "blanks at both ends and doubled": ["2 3 \n moon 1  2 3 \nride\t 4 5 6\t\n", [moon, ride]],
  "white space that is part of words": [
    "5 3\n\u00a0 1 1 1\nmoon\u00a0 8 8 8\n\u2003a\u3000 7 7 7\n\x0b 2 2 2\nmoon 1 2 3\n",
    [
      ["\u00a0", 1, 1, 1],
      ["moon\u00a0", 8, 8, 8],
      ["\u2003a\u3000", 7, 7, 7],
      ["\x0b", 2, 2, 2],
      moon,
    ],
  ],
  "blank lines": ["moon 1 2 3\n\n\nride 4 5 6\n\n", [moon, ride]],
  "names of an object's parts": [
    "__proto__ 1 2 3\nconstructor 4 5 6\n",
    [["__proto__", 1, 2, 3], ["constructor", 4, 5, 6]],
  ],
  "forms of numbers": ["moon +1 2e0 3.\nride 4.0E+0 5 6\n", [moon, ride]],
};

Deno.test("parseVectors() reads right what other programs wrote", async (t) => {
  for (const [name, [file, words]] of Object.entries(TEXTS)) {
    await t.step(name, async () => assertEquals((await readWhole(utf8(file))).words, words));
  }
  await t.step("a word without letters is left out and told", async () => {
    const { words, notes } = await readWhole(utf8("3 3\nmoon 1 2 3\n 9 9 9\nride 4 5 6\n"));
    assertEquals(words, [moon, ride]);
    assertEquals(notes, ["1 of its words are empty and left out; the first is in line 3"]);
  });
  await t.step("bytes that are not UTF-8 are left out and told", async () => {
    const file = utf8("3 3\nmoon 1 2 3\nna?ve 9 9 9\nride 4 5 6\n");
    file[file.indexOf(63)] = 0xef;
    const { words, notes } = await readWhole(file);
    assertEquals(words, [moon, ride]);
    assertEquals(notes, ["1 of its words are not UTF-8 and left out; the first is in line 3"]);
    // U+FFFD itself is a character as others are.
    assertEquals((await readWhole(utf8("\ufffd 1 2 3\n"))).words, [["\ufffd", 1, 2, 3]]);
  });
  await t.step("words that stand there twice are told", async () => {
    const { words, notes } = await readWhole(
      utf8("moon 1 2 3\nmoon 7 8 9\nride 4 5 6\nmoon 0 0 0\n"),
    );
    assertEquals(words, [moon, ride]);
    assertEquals(notes, [
      "2 of its words are there more than once: the first vector counts; the first is in line 2",
    ]);
  });
});

Deno.test("parseVectors() refuses rows that were torn or do not fit, by line", async (t) => {
  const cases: Record<string, [file: string, message: string]> = {
    "a lost line feed": ["the 1 1 1\nmoon 1 2 3 ride 4 5 6\nsky 4 5 6\n", "line 2 has 8 fields"],
    "a lost line feed in the first line": ["moon 1 2 3 ride 4 5 6\nsky 4 5 6\n", "line 1 has 8"],
    "a line lost in the middle": ["the 1 1 1\nmoon 1 2ride 4 5 6\nsky 4 5 6\n", "line 2 has 6"],
    "a line lost in a number": ["the 1 1 1\nmoon 1.5ride 4 5 6\n", "line 2 has 5 fields"],
    "a header that says too few numbers": [
      "2 2\nmoon 1 2 3\nride 4 5 6\n",
      'line 2 has 4 fields, of which "moon 1" cannot be the word of 2 numbers; is the first line wrong',
    ],
    "a header that says too many numbers": [
      "2 4\nmoon 1 2 3\nride 4 5 6\n",
      "line 2 has 3 numbers",
    ],
    "a header that says too few vectors": ["1 3\nmoon 1 2 3\nride 4 5 6\n", "it has 2 vectors and"],
    "a header that says too many vectors": [
      "9 3\nmoon 1 2 3\nride 4 5 6\n",
      "it has 2 vectors and",
    ],
    "a number lost, blank lines counted": ["moon 1 2 3\n\n\nride 4 5\n", "line 4 has 2 numbers"],
    "a word lost": ["moon 1 2 3\n4 5 6\n", "line 2 has 2 numbers and not 3"],
    "an infinite number": ["moon 1 2 3\nride 4 inf 6\n", 'line 2 holds "inf"'],
    "a first row without its last number": ["2 3\nmoon 1 2 x\nride 4 5 6\n", 'line 2 holds "x"'],
    "a number that is none": ["moon 1 2 3\nride 4 nan 6\n", 'line 2 holds "nan"'],
    "a number in another notation": ["moon 1 2 3\nride 0x4 5 6\n", 'line 2 holds "0x4"'],
    "a no-break space behind a number": [
      "moon 1 2 3\nride 4 5 66\u00a0\n",
      'line 2 holds "66\u00a0"',
    ],
    "decimal commas": ["moon 1 2 3\nride 4,5 5 6\n", 'line 2 holds "4,5"'],
  };
  for (const [name, [file, message]] of Object.entries(cases)) {
    await t.step(name, async () => {
      await assertRejects(() => parseVectors(pieces(utf8(file))), SyntaxError, message);
    });
  }
  await t.step("torn rows of words that nobody wants", async () => {
    const file = utf8("the 1 1 1\nmoon 1 2 3 ride 4 5 6\nsky 4 5 6\n");
    await assertRejects(
      () => parseVectors(pieces(file), { wanted: new Set(["ride", "sky"]) }),
      SyntaxError,
      "line 2 has 8 fields",
    );
  });
});

Deno.test("parseVectors() names files of other kinds", async (t) => {
  const bytes = (...values: number[]) => new Uint8Array([...values, ...Array(600).fill(7)]);
  const utf16 = (text: string, mark: number[]) =>
    new Uint8Array([...mark, ...[...text].flatMap((c) => [c.charCodeAt(0), 0])]);
  const cases: [name: string, file: Uint8Array, message: string][] = [
    ["zip", bytes(0x50, 0x4b, 3, 4), "it is a zip archive: unpack it first"],
    ["fastText", bytes(0xba, 0x16, 0x4f, 0x2f), "a model of fastText (.bin): give its .vec file"],
    ["NumPy", bytes(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0), "a NumPy array (.npy)"],
    ["pickle", bytes(0x80, 4, 0x95, 1, 0), "a Python pickle"],
    ["old pickle", bytes(0x80, 2, 0x63, 0x6e), "a Python pickle"],
    ["HDF5", bytes(0x89, 0x48, 0x44, 0x46, 13, 10, 26, 10), "an HDF5 file (.h5)"],
    ["UTF-16", utf16("moon 1 2 3\n", [0xff, 0xfe]), "a text in UTF-16: convert it to UTF-8"],
    ["UTF-16 without a mark", utf16("moon 1 2 3\n", []), "a text in UTF-16: convert it to UTF-8"],
  ];
  for (const [name, file, message] of cases) {
    await t.step(name, async () => {
      await assertRejects(
        () => parseVectors(pieces(file)),
        SyntaxError,
        `it holds no word vectors, it is ${message}`.replace("it is it is", "it is"),
      );
    });
  }
});

Deno.test("toWord2Vec() refuses words that its form would cut", () => {
  for (const word of ["new moon", "", "\n", "a\nb", "\ud800"]) {
    const vectors = new NamedVectors([word], new Float32Array(2), 2);
    assertThrows(() => toWord2Vec(vectors), RangeError, "Cannot write the word");
  }
});

/** Words as files have them: without what separates fields, and no number behind a blank. */
const field = fc.string({ unit: "grapheme", minLength: 1, maxLength: 6 })
  .filter((word) => !/[ \t\r\n]/.test(word) && !/^[-+.\d]/.test(word) && word.isWellFormed())
  .filter((word) => !/^\ufeff|^[-+]?(nan|inf)/i.test(word));

Deno.test("parseVectors() gives back any rows of text, with any words and white space", async () => {
  const word = fc.array(field, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(" "));
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(word, { minLength: 1, maxLength: 12 }),
      fc.integer({ min: 2, max: 5 }),
      fc.constantFrom(" ", "\t", "  "),
      fc.constantFrom("\n", "\r\n", " \n"),
      fc.boolean(),
      fc.nat(20),
      async (words, dimensions, blank, end, header, size) => {
        const number = (i: number, d: number) => Math.fround((i - d) / 8);
        const rows = words.map((word, i) => [
          word,
          ...Array.from({ length: dimensions }, (_, d) => number(i, d)),
        ]);
        const file = utf8(
          (header ? `${words.length}${blank}${dimensions}${end}` : "") +
            rows.map((row) => row.join(blank) + end).join(""),
        );
        const vectors = await parseVectors(pieces(file, size + 1));
        assertEquals(vectors.words, words);
        assertEquals(
          vectors.matrix,
          Float32Array.from(rows.flatMap(([, ...numbers]) => numbers as number[])),
        );
      },
    ),
    { numRuns: 400, seed: 1 },
  );
});

Deno.test("parseVectors() reads a torn or changed text right or not at all", async () => {
  const rows = ["the 1 1 1", "moon 1 2 3", "ride 4 5 6", "sky 7 8 9"];
  const text = rows.join("\n") + "\n";
  const right = new Map(
    rows.map((row) => [row.split(" ")[0]!, row.split(" ").slice(1).map(Number)]),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.nat(text.length - 1),
      fc.constantFrom("", " ", "\n", "\t"),
      async (at, put) => {
        // One character lost, or another white space in its place.
        if (text[at] !== "\n" && text[at] !== " ") return;
        const file = utf8(text.slice(0, at) + put + text.slice(at + 1));
        let vectors: NamedVectors;
        try {
          vectors = await parseVectors(pieces(file));
        } catch (error) {
          assert(error instanceof SyntaxError, String(error));
          return;
        }
        // A blank that is lost between two numbers makes a shorter row, which is refused, or one
        // between a word and a number another word.
        for (const word of vectors.words) {
          const numbers = right.get(word);
          if (numbers) assertEquals([...vectors.get(word)!], numbers);
        }
        assert(vectors.size >= 3, text.slice(at - 4, at + 4));
      },
    ),
    { numRuns: 400, seed: 1 },
  );
});
