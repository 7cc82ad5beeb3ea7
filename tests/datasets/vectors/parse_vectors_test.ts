import { NamedVectors, parseVectors, toWord2Vec } from "@heatword/datasets/vectors";
import { assert, assertEquals, assertRejects } from "@std/assert";
import fc from "fast-check";
import { gzipSync } from "node:zlib";
import { binary, pieces } from "./_bytes.ts";

const VECTORS = [["Moon", [0.5, -1, 2]], ["ride", [1e-3, 0, 1]], ["naïve", [3, 4, 5]]] as const;

const text = (lines: string[]) => new TextEncoder().encode(lines.join("\n") + "\n");
const rows = VECTORS.map(([word, vector]) => `${word} ${vector.join(" ")}`);

const FORMS: Record<string, Uint8Array> = {
  "word2vec binary": binary("3 3\n", ...VECTORS.flatMap(([w, v]) => [`${w} `, v])),
  "word2vec binary with line feeds": binary(
    "3 3\n",
    ...VECTORS.flatMap(([w, v]) => [`${w} `, v, "\n"]),
  ),
  "word2vec binary with line feeds before words": binary(
    "3 3\n",
    ...VECTORS.flatMap(([w, v]) => [`\n${w} `, v]),
  ),
  "word2vec text": text(["3 3", ...rows]),
  "word2vec text with blanks at the ends": text(["3 3", ...rows.map((row) => `${row} `)]),
  "word2vec text with carriage returns": text(["3 3\r", ...rows.map((row) => `${row}\r`)]),
  "GloVe": text(rows),
  "GloVe without the last line feed": text(rows).subarray(0, -1),
  "GloVe with tabs": text(rows.map((row) => row.replaceAll(" ", "\t"))),
};

Deno.test("parseVectors() reads every form, plain and gzipped, in pieces of any size", async (t) => {
  for (const [name, bytes] of Object.entries(FORMS)) {
    await t.step(name, async () => {
      for (const file of [bytes, gzipSync(bytes)]) {
        for (let size = 1; size <= file.length; size += 1 + (size >> 2)) {
          const vectors = await parseVectors(pieces(file, size));
          assertEquals(vectors.words, ["Moon", "ride", "naïve"]);
          assertEquals(vectors.dimensions, 3);
          assertEquals(vectors.matrix, new Float32Array(VECTORS.flatMap(([, v]) => v)));
        }
      }
    });
  }
});

Deno.test("parseVectors() keeps the wanted words alone", async () => {
  for (const bytes of Object.values(FORMS)) {
    const vectors = await parseVectors(pieces(bytes), { wanted: new Set(["ride", "moon", "x"]) });
    assertEquals(vectors.words, ["ride"]);
    assertEquals(vectors.matrix, new Float32Array([1e-3, 0, 1]));
    await assertRejects(
      () => parseVectors(pieces(bytes), { wanted: new Set(["moon"]) }),
      RangeError,
      "it has none of the wanted words",
    );
  }
});

Deno.test("parseVectors() minds the dimension that is asked for", async () => {
  for (const bytes of Object.values(FORMS)) {
    assertEquals((await parseVectors(pieces(bytes), { dimensions: 3 })).size, 3);
    await assertRejects(
      () => parseVectors(pieces(bytes), { dimensions: 300 }),
      RangeError,
      "its vectors have 3 numbers and not 300",
    );
  }
});

Deno.test("parseVectors() takes the first of two vectors of a word", async () => {
  const vectors = await parseVectors(pieces(text(["a 1 2", "b 3 4", "a 5 6"])));
  assertEquals(vectors.words, ["a", "b"]);
  assertEquals(vectors.get("a"), new Float32Array([1, 2]));
});

Deno.test("parseVectors() takes words with blanks, as GloVe has some", async () => {
  const file = text(["a 1 2", ". . . 3 4", "at name@domain.com 5 6"]);
  assertEquals((await parseVectors(pieces(file))).words, ["a", ". . .", "at name@domain.com"]);
  assertEquals((await parseVectors(pieces(file), { wanted: new Set(["a", "at"]) })).words, ["a"]);
});

Deno.test("parseVectors() says what is wrong with a file", async (t) => {
  const good = FORMS["word2vec binary"]!;
  const cases: Record<string, [Uint8Array, string]> = {
    "empty": [new Uint8Array(0), "it holds no word vectors"],
    "gzipped and empty": [gzipSync(""), "it holds no word vectors"],
    "a page of HTML": [text(["<!doctype html>", "<title>404</title>"]), "it holds no word vectors"],
    "a table": [text(["word,1,2,3", "a,1,2,3"]), "it holds no word vectors"],
    "only blank lines": [text(["", "", ""]), "it holds no word vectors"],
    "a picture": [binary("\x89PNG\r\n", [1, 2, 3]), "it holds no word vectors"],
    "no vectors by its header": [text(["0 300"]), "its first line says that it holds no vectors"],
    "no numbers by its header": [text(["3 0", "a", "b", "c"]), "its first line says 0 numbers"],
    "a dimension out of all reason": [text(["3 99999999"]), "its first line says 99999999 numbers"],
    "binary, nothing after the header": [binary("3 3\n"), "it ends after 0 of the 3 vectors"],
    "binary, cut in a word": [good.subarray(0, 22), "it ends after 1 of the 3 vectors"],
    "binary, cut in a vector": [good.subarray(0, -1), "it ends after 2 of the 3 vectors"],
    "binary, too many": [
      binary("1 2\n", "a ", [1, 2], "\nb ", [3, 4]),
      "it has more than the 1 vectors",
    ],
    "binary, NaN": [binary("1 2\n", "a ", [1, NaN]), 'the vector of "a" (number 1) holds NaN or'],
    "binary, infinity": [
      binary("1 2\n", "a ", [Infinity, 1]),
      'the vector of "a" (number 1) holds',
    ],
    "binary, another dimension": [
      binary("9 2\n", ...Array.from({ length: 9 }, (_, i) => [`w${i} `, [1e9, 1e9, 1e9]]).flat()),
      "",
    ],
    "binary, no blanks": [
      binary("9 2\n", "x".repeat(10_000)),
      "no word begins where vector 1 of 9 should be",
    ],
    "text, too few lines": [text(["3 2", "a 1 2", "b 3 4"]), "it has 2 vectors and not 3"],
    "text, too many lines": [text(["1 2", "a 1 2", "b 3 4"]), "it has 2 vectors and not 1"],
    "text, a number missing": [text(["2 2", "a 1 2", "b 3"]), "line 3 has 1 numbers and not 2"],
    "GloVe, a number missing": [text(["a 1 2", "b 3"]), "line 2 has 1 numbers and not 2"],
    "GloVe, no number": [text(["a 1 2", "b 3 x"]), 'line 2 holds "x" where a number should be'],
    "GloVe, NaN": [text(["a 1 2", "b nan 2"]), 'line 2 holds "nan" where a number should be'],
    "GloVe, NaN in the first line": [text(["a 1 NaN"]), 'line 1 holds "NaN" where a number'],
    "GloVe, too large for float32": [text(["a 1 2", "b 3 1e60"]), 'line 2 holds "1e60"'],
    "gzipped, cut short": [gzipSync(good).subarray(0, -9), "damaged or cut short"],
  };
  for (const [name, [bytes, message]] of Object.entries(cases)) {
    await t.step(name, async () => {
      await assertRejects(() => parseVectors(pieces(bytes)), SyntaxError, message);
    });
  }
});

Deno.test("parseVectors() gives an error or vectors for any bytes, and never hangs", async () => {
  const base = [...Object.values(FORMS)];
  await fc.assert(
    fc.asyncProperty(fc.nat(), fc.array(fc.tuple(fc.nat(), fc.nat(255))), async (which, edits) => {
      const bytes = base[which % base.length]!.slice();
      for (const [at, value] of edits) bytes[at % bytes.length] = value;
      try {
        const { matrix } = await parseVectors(pieces(bytes));
        assert(matrix.every(Number.isFinite));
      } catch (error) {
        assert(error instanceof SyntaxError || error instanceof RangeError, String(error));
      }
    }),
    { numRuns: 500, seed: 1 },
  );
});

Deno.test("parseVectors() gives back what toWord2Vec() wrote", async () => {
  const word = fc.string({ minLength: 1, unit: "grapheme" })
    .filter((w) => !/[ \n]/.test(w) && w.isWellFormed());
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(word, { minLength: 1, maxLength: 20 }),
      fc.integer({ min: 1, max: 9 }),
      fc.float({ noNaN: true, noDefaultInfinity: true }),
      async (words, dimensions, number) => {
        const matrix = Float32Array.from(
          { length: words.length * dimensions },
          (_, i) => number / (i + 1),
        );
        const back = await parseVectors(
          pieces(toWord2Vec(new NamedVectors(words, matrix, dimensions)), 50),
        );
        assertEquals([back.words, back.dimensions], [words, dimensions]);
        assertEquals(back.matrix, matrix);
      },
    ),
    { seed: 1 },
  );
});
