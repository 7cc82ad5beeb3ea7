import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { gzipSync } from "node:zlib";
import { madeModelFolder } from "./_made_model.ts";
import { runExplain } from "./_run_explain.ts";
import { runProgram } from "./_run_program.ts";
import { testPermitted } from "../_skip.ts";

const test = testPermitted("read", "write", "env", "run");

const run = (name: string, ...args: string[]) => runProgram(name, args, { permissions: ["-A"] });

const zip = new Uint8Array([0x50, 0x4b, 3, 4, 20, 0, 0, 0]);
const utf16 = Uint8Array.from([..."text,label\na,b\n"].flatMap((c) => [c.charCodeAt(0), 0]));

test("what is not a text is named by every program that reads texts", async (t) => {
  const folder = await Deno.makeTempDir();
  const model = await madeModelFolder();
  const write = async (name: string, bytes: Uint8Array) => {
    await Deno.writeFile(`${folder}/${name}`, bytes);
    return `${folder}/${name}`;
  };
  const unpack = "it is a zip archive: unpack it first";
  const explain = (...args: string[]) => run("explain", ...args, "--model", model);
  const cases: [name: string, () => ReturnType<typeof run>, message: string][] = [
    ["explain --file", async () => explain("--file", await write("a.txt", zip)), unpack],
    [
      "explain --file --encoding",
      async () => explain("--file", await write("a.txt", zip), "--encoding", "latin1"),
      unpack,
    ],
    [
      "explain --file, gzipped",
      async () => explain("--file", await write("a.gz", gzipSync("a text"))),
      "it is a gzip archive: unpack it first",
    ],
    [
      "explain --file, UTF-16",
      async () => explain("--file", await write("a.txt", utf16)),
      "it is a text in UTF-16: name the encoding, utf-16le",
    ],
    ["explain -", () => runExplain(["-", "--model", model], { stdin: zip }), unpack],
    ["explain --batch, CSV", async () => explain("--batch", await write("a.csv", zip)), unpack],
    ["explain --batch, JSON", async () => explain("--batch", await write("a.jsonl", zip)), unpack],
    [
      "explain --batch, Parquet",
      async () =>
        explain("--batch", await write("b.csv", new TextEncoder().encode("PAR1\x15\x04"))),
      "it is a Parquet file",
    ],
    [
      "explain --batch -",
      () => runExplain(["--batch", "-", "--model", model], { stdin: zip }),
      unpack,
    ],
    [
      "train, CSV",
      async () => run("train", "--data", await write("a.csv", zip), "--out", `${folder}/m`),
      unpack,
    ],
    [
      "train, UTF-16",
      async () => run("train", "--data", await write("a.csv", utf16), "--out", `${folder}/m`),
      "it is a text in UTF-16: name the encoding, utf-16le",
    ],
    ["tokenize", async () => run("tokenize", await write("a.txt", zip)), unpack],
  ];
  for (const [name, start, message] of cases) {
    await t.step(name, async () => {
      const { code, stdout, stderr } = await start();
      assertEquals([code, stdout], [1, ""]);
      // A slow machine tells of progress, too.
      const lines = stderr.trimEnd().split("\n").filter((line) => !/^\S+ing\b/.test(line));
      assertEquals(lines.length, 1, stderr);
      assertStringIncludes(lines[0]!, message);
      assertMatch(lines[0]!, /^error: Cannot read (the data )?(standard input|"[^"]+"): it is a /);
    });
  }
  await Deno.remove(folder, { recursive: true });
  await Deno.remove(model, { recursive: true });
});
