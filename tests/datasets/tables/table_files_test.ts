import { findTable, readLabelled, readTable } from "@heatword/datasets/tables";
import { assertEquals, assertRejects } from "@std/assert";
import { parquetWriteBuffer } from "hyparquet-writer";
import { brotliCompressSync, gzipSync, zstdCompressSync } from "node:zlib";
import { testPermitted } from "../../_skip.ts";

const test = testPermitted("read", "write");

type Files = Readonly<Record<string, string | Uint8Array>>;

async function withFiles(files: Files, work: (at: (name: string) => string) => Promise<void>) {
  const dir = await Deno.makeTempDir();
  try {
    for (const [name, content] of Object.entries(files)) {
      const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
      await Deno.writeFile(`${dir}/${name}`, bytes);
    }
    await work((name) => `${dir}/${name}`);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

const TEXTS = ["See you, Ann", "Win £750\nnow", "日本 😀", ""];
const LABELS = [1, 0, 1, 0];

function parquet(
  codec: "SNAPPY" | "UNCOMPRESSED" | "GZIP" | "BROTLI" | "ZSTD" = "SNAPPY",
): Uint8Array {
  return new Uint8Array(parquetWriteBuffer({
    columnData: [
      { name: "text", data: TEXTS, type: "STRING" },
      { name: "label", data: LABELS.map(BigInt), type: "INT64" },
      { name: "more", data: [[1], [], [2], [3]], type: "JSON" },
    ],
    codec,
    compressors: {
      GZIP: (bytes) => new Uint8Array(gzipSync(bytes)),
      BROTLI: (bytes) => new Uint8Array(brotliCompressSync(bytes)),
      ZSTD: (bytes) => new Uint8Array(zstdCompressSync(bytes)),
    },
    rowGroupSize: 3,
  }));
}

test("readLabelled() reads Parquet, by any compression that is built in", async () => {
  for (const codec of ["SNAPPY", "UNCOMPRESSED", "GZIP", "BROTLI", "ZSTD"] as const) {
    await withFiles({ "t.parquet": parquet(codec), plain: parquet(codec) }, async (at) => {
      for (const name of ["t.parquet", "plain"]) {
        const { rows, classes, bad } = await readLabelled(at(name));
        assertEquals(
          rows,
          TEXTS.slice(0, 3).map((text, i) => ({
            id: String(i + 1),
            text,
            label: String(LABELS[i]),
          })),
        );
        assertEquals([classes, bad], [["0", "1"], [
          { place: "row 4", problem: "the text is empty" },
        ]]);
      }
    });
  }
});

test("readTable() gives parts of Parquet by rows, across its groups", () =>
  withFiles({ "t.parquet": parquet() }, async (at) => {
    const table = await findTable(at("t.parquet"));
    assertEquals([table.kind, table.unit, table.total], ["parquet", "rows", 4]);
    const part = async (range: [number, number]) =>
      (await Array.fromAsync(readTable(table, { columns: ["text"], range }))).flat()
        .map(({ line, end, fields }) => [line, end, fields]);
    const whole = TEXTS.map((text, i) => [i + 1, i + 1, { text }]);
    for (const at of [0, 1, 3, 4]) {
      assertEquals([...await part([0, at]), ...await part([at, 4])], whole);
    }
  }));

test("readLabelled() says what is wrong with Parquet", () =>
  withFiles({ "cut.parquet": parquet().subarray(0, 200), "t.parquet": parquet() }, async (at) => {
    await assertRejects(
      () => readLabelled(at("cut.parquet")),
      SyntaxError,
      'cut.parquet": it is no Parquet file that can be read',
    );
    await assertRejects(
      () => readLabelled(at("t.parquet"), { text: "body" }),
      RangeError,
      't.parquet": Unknown column "body"',
    );
  }));

const HEAD = "text,label\n";

test("readLabelled() reads several files as one, of whatever kinds", () =>
  withFiles({
    "a.csv": `${HEAD}moon,x\nride,y\n`,
    "b.csv": "label;text\ny;see you\n",
    "c.jsonl": '{"label": "x", "text": "orbit"}\n',
    "d.ndjson.gz": gzipSync('{"label": "x", "text": "far"}\n{"text": "no class"}\n'),
  }, async (at) => {
    const { rows, bad } = await readLabelled(["a.csv", "b.csv", "c.jsonl", "d.ndjson.gz"].map(at));
    assertEquals(rows.map(({ id, text, label }) => [id, text, label]), [
      ["a.csv/2", "moon", "x"],
      ["a.csv/3", "ride", "y"],
      ["b.csv/2", "see you", "y"],
      ["c.jsonl/1", "orbit", "x"],
      ["d.ndjson.gz/1", "far", "x"],
    ]);
    assertEquals(bad, [{ place: "d.ndjson.gz, line 2", problem: 'it has no "label"' }]);
  }));

test("readLabelled() refuses files that do not go together, in one line", () =>
  withFiles({
    "a.csv": `${HEAD}moon,x\nride,y\n`,
    "b.csv": "text,label,stars\nmoon,x,5\n",
    "c.csv": "text,class\nmoon,x\n",
    "n2.csv": "moon,x\nride,y\n",
    "n3.csv": "moon,x,1\nride,y,2\n",
  }, async (at) => {
    const message = async (names: string[], header = true) =>
      (await assertRejects(
        () =>
          readLabelled(
            names.map(at),
            header ? {} : { header, text: "1", label: "2" },
          ),
        RangeError,
      )).message.replaceAll(/"[^"]*\/([^"/]*)"/g, '"$1"');
    assertEquals(
      await message(["a.csv", "b.csv"]),
      'Cannot read the data "b.csv": its columns are not those of "a.csv": it has "stars" more',
    );
    assertEquals(
      await message(["a.csv", "c.csv"]),
      'Cannot read the data "c.csv": Unknown column "label". Known: text, class',
    );
    assertEquals(
      await message(["n2.csv", "n3.csv"], false),
      'Cannot read the data "n3.csv": its columns are not those of "n2.csv": it has "3" more',
    );
    assertEquals(
      await message(["a.csv", "a.csv"]),
      'Cannot read the data "a.csv" twice: name every file once',
    );
    assertEquals(
      await message(["a.csv", "."]),
      'Cannot read the folder "." together with others: give it alone',
    );
  }));

test("findTable() tells by the content what the name does not", () =>
  withFiles({
    tabs: "ham\tSee you, Ann\t\nspam\tWin\t\n",
    lines: '\n{"text": "x"}\n',
    packed: gzipSync("a;b\nc;d\ne;f\n"),
    "words.txt": "See you, Ann.\nNo.\nWin, now, all.\n",
    "list.label": "DESC:manner How did it go\nHUM:ind Who\n",
  }, async (at) => {
    const kindOf = async (name: string) => (await findTable(at(name))).kind;
    assertEquals([await kindOf("tabs"), await kindOf("lines"), await kindOf("packed")], [
      "csv",
      "jsonl",
      "csv",
    ]);
    await assertRejects(() => findTable(at("words.txt")), SyntaxError, "its name should end in");
    const form = { separator: "space", fields: 2, header: false };
    const table = await findTable(at("list.label"), form);
    const rows = (await Array.fromAsync(readTable(table))).flat();
    assertEquals(rows.map(({ fields }) => Object.values(fields!)), [
      ["DESC:manner", "How did it go"],
      ["HUM:ind", "Who"],
    ]);
  }));

test("readLabelled() takes no article for a class, and prints none", () =>
  withFiles({
    "a.csv": HEAD + `x,"${"The shuttle reached its orbit. ".repeat(9)}"\ny,"${"b ".repeat(200)}"\n`,
    "b.csv": `id,${HEAD}"${"moon ".repeat(90)}",a,x\n"${"moon ".repeat(90)}",b,y\n1,c,y\n`,
  }, async (at) => {
    const { message } = await assertRejects(() => readLabelled(at("a.csv")), RangeError);
    assertEquals(
      message.replace(/".*"/, "…"),
      "Cannot read the data …: no text can be used; line 2: the class has 278 characters, more " +
        "than 200; is the column right?",
    );
    const { bad } = await readLabelled(at("b.csv"), { id: "id" });
    assertEquals(bad, [{
      place: "line 3",
      problem: `the id "${"moon ".repeat(12)}…" was there already, in line 2`,
    }]);
  }));
