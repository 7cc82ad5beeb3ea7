import { type Batch, openInput, type Shard } from "@heatword/eval/batch";
import { assertEquals, assertRejects } from "@std/assert";
import { parquetWriteBuffer } from "hyparquet-writer";
import { gzipSync } from "node:zlib";
import { testPermitted } from "../../_skip.ts";

const test = testPermitted("read", "write");

const settingsOf = (
  batch: readonly string[],
  more: Partial<Batch> = {},
): Batch => ({
  batch,
  form: {},
  format: "jsonl",
  textField: "text",
  idField: "id",
  labelField: "label",
  encoding: "utf-8",
  stripHeader: false,
  workers: 1,
  timeLimit: 1000,
  ...more,
});

/** The texts of an input, with the file and the line of each. */
async function rowsOf(batch: readonly string[], more: Partial<Batch> = {}) {
  const { rows } = await openInput(settingsOf(batch, more));
  return (await Array.fromAsync(rows)).flat().map(({ file, line, json, fields, fault }) => [
    file?.replace(/.*\//, ""),
    line,
    fault ?? (json === undefined ? fields!.text ?? fields!["2"] : JSON.parse(json).text),
  ]);
}

async function inFolder(work: (at: (name: string) => string) => Promise<void>): Promise<void> {
  const dir = await Deno.makeTempDir();
  const texts = ["See you, Ann", "moon", "orbit; low"];
  const csv = (from: number) => texts.slice(from).map((text, i) => `${i},"${text}"\n`).join("");
  const files: Record<string, Uint8Array | string> = {
    "a.csv": `id,text\n${csv(0)}`,
    "b.csv": `text;id\n"ride";7\n"engine, oil";8\n`,
    "c.jsonl": '{"text": "far"}\n{"text": "near"}\n',
    "d.csv.gz": gzipSync(`id,text\n${csv(1)}`),
    "e.parquet": new Uint8Array(parquetWriteBuffer({
      columnData: [
        { name: "text", data: texts, type: "STRING" },
        { name: "id", data: [4, 5, 6].map(BigInt), type: "INT64" },
      ],
    })),
    "f.parquet": new Uint8Array(parquetWriteBuffer({
      columnData: [{ name: "text", data: ["one", "two"], type: "STRING" }, {
        name: "id",
        data: ["x", "y"],
        type: "STRING",
      }],
    })),
    "g.csv": `1,"a, b"\n2,c\n`,
    "other.csv": "text,body\nx,y\n",
  };
  try {
    for (const [name, content] of Object.entries(files)) {
      await (typeof content === "string"
        ? Deno.writeTextFile(`${dir}/${name}`, content)
        : Deno.writeFile(`${dir}/${name}`, content));
    }
    await work((name) => `${dir}/${name}`);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

test("explain --batch reads several tables one after the other", () =>
  inFolder(async (at) => {
    assertEquals(await rowsOf(["a.csv", "b.csv", "c.jsonl", "d.csv.gz", "e.parquet"].map(at)), [
      ["a.csv", 2, "See you, Ann"],
      ["a.csv", 3, "moon"],
      ["a.csv", 4, "orbit; low"],
      ["b.csv", 2, "ride"],
      ["b.csv", 3, "engine, oil"],
      ["c.jsonl", 1, "far"],
      ["c.jsonl", 2, "near"],
      ["d.csv.gz", 2, "moon"],
      ["d.csv.gz", 3, "orbit; low"],
      ["e.parquet", 1, "See you, Ann"],
      ["e.parquet", 2, "moon"],
      ["e.parquet", 3, "orbit; low"],
    ]);
    const form = { header: false };
    assertEquals(await rowsOf([at("g.csv")], { form, textField: "2" }), [
      [undefined, 1, "a, b"],
      [undefined, 2, "c"],
    ]);
  }));

test("explain --batch --shard gives every row of several tables once", () =>
  inFolder(async (at) => {
    for (const names of [["a.csv", "b.csv", "c.jsonl"], ["e.parquet", "f.parquet"]]) {
      const batch = names.map(at);
      const whole = await rowsOf(batch);
      for (const count of [1, 2, 3, 7]) {
        const parts: unknown[] = [];
        for (let index = 1; index <= count; index++) {
          const shard: Shard = { index, count };
          parts.push(...await rowsOf(batch, { shard }));
        }
        assertEquals(parts, whole, `${names} in ${count}`);
      }
    }
  }));

test("explain --batch says in one line which tables it cannot read", () =>
  inFolder(async (at) => {
    const shard = { index: 1, count: 2 };
    const cases: [string[], Partial<Batch>, RegExp][] = [
      [["a.csv", "a.csv"], {}, /^Cannot explain ".*a\.csv" twice: name every file once$/],
      [["a.csv", ""], {}, /^Cannot explain the folder ".*\/" together with others: give it alone$/],
      [
        ["a.csv", "other.csv"],
        {},
        /^Cannot read ".*other\.csv": its columns are not those of ".*a\.csv": it lacks "id" and has "body" more$/,
      ],
      [["d.csv.gz"], { shard }, /^Cannot explain a part of ".*d\.csv\.gz": it is packed, unpack/],
      [["a.csv", "e.parquet"], { shard }, /^Cannot explain a part of these files: give them all/],
      [["a.csv"], { textField: "body" }, /a\.csv": Unknown column "body"\. Known: .*; see --text$/],
      [["a.csv", "none.csv"], {}, /^Cannot find the file ".*none\.csv"$/],
    ];
    for (const [names, more, message] of cases) {
      const error = await assertRejects(() => rowsOf(names.map(at), more), Error);
      assertEquals([
        error.message.match(message)?.[0] !== undefined,
        error.message.split("\n").length,
      ], [
        true,
        1,
      ], error.message);
    }
  }));
