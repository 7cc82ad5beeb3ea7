import { parseVectors } from "@heatword/datasets/vectors";
import { assertEquals, assertRejects } from "@std/assert";
import { binary, pieces, readWhole } from "./_bytes.ts";

const moon = ["moon", 1, 2, 3];
const ride = ["ride", 4, 5, 6];
const utf8 = (text: string) => new TextEncoder().encode(text);

Deno.test("parseVectors() reads words with blanks of a binary file whose rows end", async () => {
  const words = ["new moon", "ride", "a b c", "York", "\n", "of New York", "naïve é è", "é"];
  const rows = words.map((word, i) => [word, i + 1, -i, 0.25]);
  const file = binary(
    `${words.length} 3\n`,
    ...rows.flatMap(([word, ...numbers]) => [`${word} `, numbers as number[], "\n"]),
  );
  assertEquals((await readWhole(file)).words, rows);
  assertEquals((await readWhole(file, ["ride", "é", "new"])).words, [rows[1], rows[7]]);
});

Deno.test("parseVectors() refuses words with blanks of a binary file whose rows do not end", async () => {
  for (const phrase of ["new moon", "in the city", "new y", "for the", "a AAAB", "é à"]) {
    for (const at of [0, 1, 2]) {
      const words = ["moon", "ride", "sky"];
      words[at] = phrase;
      const file = binary("3 3\n", ...words.flatMap((word) => [`${word} `, [1, 2, 3]]));
      await assertRejects(() => parseVectors(pieces(file)), SyntaxError);
      await assertRejects(
        () => parseVectors(pieces(file), { wanted: new Set(["moon", "sky"]) }),
        SyntaxError,
      );
    }
  }
});

Deno.test("parseVectors() sees by the next word that a word held a blank", async () => {
  // From its last two bytes on, the number of "a b" is as likely as the right one.
  const number = new DataView(new Uint8Array([0x80, 0x3f, 0x80, 0x3f]).buffer).getFloat32(0, true);
  await assertRejects(
    () => parseVectors(pieces(binary("2 1\n", "a b ", [number], "ride ", [4]))),
    SyntaxError,
    "the word of vector 2 of 2 holds bytes that are not text: did the word before it hold a blank?",
  );
});

Deno.test("parseVectors() takes numbers of a binary file that look like letters", async () => {
  const letters = (text: string) => new DataView(utf8(text).buffer).getFloat32(0, true);
  for (const end of ["", "\n"]) {
    const numbers = [letters(" ab?"), 1, 2];
    const file = binary("2 3\n", "moon ", numbers, `${end}ride `, [4, 5, 6], end);
    assertEquals((await readWhole(file)).words, [["moon", ...numbers], ride]);
  }
});

Deno.test("parseVectors() leaves out words of a binary file that are cut in a character", async () => {
  const file = binary("3 3\n", "moon ", [1, 2, 3], "\nna? ", [9, 9, 9], "\nride ", [4, 5, 6], "\n");
  file[file.indexOf(63, 20)] = 0xc3;
  const { words, notes } = await readWhole(file);
  assertEquals(words, [moon, ride]);
  assertEquals(notes, ["1 of its words are not UTF-8 and left out; the first is in vector 2"]);
});
