import { fileKind, textBytes, textChunks } from "@heatword/core";
import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import fc from "fast-check";
import { gzipSync } from "node:zlib";

const latin1 = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const utf16 = (text: string, little: boolean) =>
  Uint8Array.from([...text].flatMap((character) => {
    const code = character.charCodeAt(0);
    return little ? [code & 255, code >> 8] : [code >> 8, code & 255];
  }));

const KINDS: [bytes: Uint8Array, kind: string][] = [
  [latin1("PK\x03\x04\x14\0"), "a zip archive"],
  [latin1("PK\x05\x06" + "\0".repeat(18)), "a zip archive"],
  [gzipSync("a text"), "a gzip archive"],
  [latin1("a.txt".padEnd(257, "\0") + "ustar\x0000"), "a tar archive"],
  [latin1("BZh91AY&SY"), "a bzip2 archive"],
  [latin1("\xfd7zXZ\0"), "an xz archive"],
  [latin1("7z\xbc\xaf\x27\x1c"), "a 7z archive"],
  [latin1("\x28\xb5\x2f\xfd"), "a Zstandard archive"],
  [latin1("\x93NUMPY\x01\0v\0{'descr'"), "a NumPy array (.npy)"],
  [latin1("\xba\x16\x4f\x2f\x0c\0\0\0"), "a model of fastText (.bin)"],
  // pickle.dumps({}), of [] and of a NumPy array, by the protocols 2 to 5.
  [latin1("\x80\x02}q\0."), "a Python pickle"],
  [latin1("\x80\x03]q\0."), "a Python pickle"],
  [latin1("\x80\x04\x95\x05\0\0\0\0\0\0\0"), "a Python pickle"],
  [latin1("\x80\x05}\x94."), "a Python pickle"],
  [latin1("\x80\x02cnumpy.core.multiarray\n"), "a Python pickle"],
  [latin1("\x89HDF\r\n\x1a\n\0"), "an HDF5 file (.h5)"],
  [latin1("PAR1\x15\x04"), "a Parquet file"],
  [latin1("SQLite format 3\0"), "an SQLite database"],
  [latin1("%PDF-1.7\n"), "a PDF document"],
  [latin1("\x89PNG\r\n\x1a\n"), "a PNG picture"],
  [latin1("\xff\xd8\xff\xe0"), "a JPEG picture"],
  [latin1("\x40\0\0\0\0\0\0\0" + '{"a":'), "a file of safetensors"],
  [latin1("\xff\xfe" + "a\0"), "a text in UTF-16"],
  [latin1("\xfe\xff" + "\0a"), "a text in UTF-16"],
  [latin1("\xff\xfe\0\0a\0\0\0"), "a text in UTF-32"],
  [utf16("moon", true), "a text in UTF-16"],
  [utf16("moon", false), "a text in UTF-16"],
];

Deno.test("fileKind() tells kinds of files by their first bytes", () => {
  for (const [bytes, kind] of KINDS) assertEquals(fileKind(bytes), kind);
});

Deno.test("fileKind() takes no text for something else", () => {
  const texts = [
    "",
    "P",
    "PK",
    "PAR1 0.1 0.2",
    "GGUF 1 2",
    "BZh is not",
    "7z 1 2",
    "\ufeffmoon",
    "“",
  ];
  for (const text of texts) assertEquals(fileKind(new TextEncoder().encode(text)), undefined, text);
  // In windows-1252, quotes, the euro sign and letters stand for the bytes of some signatures.
  for (const text of ["\x93NUMPY\x94", "\x80 5", "\xff\xd8 a", "\xba\x16"]) {
    assertEquals(fileKind(latin1(text)), undefined, text);
  }
  fc.assert(
    fc.property(
      // deno-lint-ignore no-control-regex
      fc.string({ unit: "grapheme" }).filter((text) => !/[\0-\x08]/.test(text)),
      (text) => {
        assertEquals(fileKind(new TextEncoder().encode(text)), undefined);
      },
    ),
    { numRuns: 2000, seed: 1 },
  );
});

Deno.test("textBytes() and textChunks() refuse what is not a text and give back what is", async () => {
  const inPieces = async (bytes: Uint8Array, size: number, encoding?: string) => {
    const pieces = async function* () {
      for (let at = 0; at < bytes.length; at += size) {
        yield await Promise.resolve(bytes.subarray(at, at + size));
      }
    };
    const chunks = await Array.fromAsync(textChunks(pieces(), encoding));
    return new Uint8Array(chunks.flatMap((chunk) => [...chunk]));
  };
  for (const [bytes, kind] of KINDS) {
    const isMarked = kind.endsWith("UTF-16") && bytes[0]! + bytes[1]! === 0x1fd;
    for (const encoding of ["utf-8", "latin1"]) {
      // A mark tells decoders the encoding; without one, it has to be named.
      if (isMarked || (kind.endsWith("UTF-16") && encoding === "latin1")) {
        assertEquals(textBytes(bytes, encoding), bytes);
        continue;
      }
      assertThrows(() => textBytes(bytes, encoding), SyntaxError, `it is ${kind}`);
      await assertRejects(() => inPieces(bytes, 3, encoding), SyntaxError, `it is ${kind}`);
    }
  }
  assertThrows(() => textBytes(utf16("moon", true)), SyntaxError, "name the encoding, utf-16le");
  assertThrows(() => textBytes(utf16("moon", false)), SyntaxError, "name the encoding, utf-16be");
  assertEquals(textBytes(utf16("moon", true), "utf-16le"), utf16("moon", true));
  const text = new TextEncoder().encode("moon ride ".repeat(200));
  for (const size of [1, 500, 512, 513, 3000]) assertEquals(await inPieces(text, size), text);
  assertEquals(await inPieces(new Uint8Array(0), 1), new Uint8Array(0));
});

Deno.test("textChunks() hands on a line before more is read, and still tells the kind later", async () => {
  let asked = 0;
  const from = async function* (pieces: readonly Uint8Array[]) {
    for (const piece of pieces) {
      asked++;
      yield await Promise.resolve(piece);
    }
  };
  const chunks = textChunks(from(["the ", "moon\n", "a\n", "ride"].map(latin1)));
  const next = async () => {
    const { value } = await chunks.next();
    return [value && String.fromCharCode(...value), asked];
  };
  assertEquals(await next(), ["the moon\n", 2]);
  assertEquals(await next(), ["a\n", 3]);
  assertEquals(await next(), ["ride", 4]);
  assertEquals(await next(), [undefined, 4]);
  const tar = textChunks(from([latin1("a\n"), latin1("\0".repeat(255) + "ustar\x0000")]));
  assertEquals((await tar.next()).value, latin1("a\n"));
  await assertRejects(() => tar.next(), SyntaxError, "it is a tar archive");
});
