import { readRows, type ReadRowsOptions } from "@heatword/datasets/tables";
import { assert, assertEquals, assertRejects } from "@std/assert";
import { parse } from "@std/csv";
import fc from "fast-check";
import {
  type FileRecord,
  type RecordOptions,
  splitRecords,
} from "../../../datasets/tables/_records.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const csv: RecordOptions = { separator: ",".charCodeAt(0) };

function* pieces(bytes: Uint8Array, size: number): Generator<Uint8Array> {
  for (let i = 0; i < bytes.length; i += size) yield bytes.slice(i, i + size);
}

async function* slowly(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  yield* pieces(bytes, size);
}

async function split(text: string, options: RecordOptions, size = 7): Promise<FileRecord[]> {
  const records = splitRecords(slowly(encoder.encode(text), size), options);
  return (await Array.fromAsync(records)).flat();
}

async function rows(content: string | Uint8Array, options: Partial<ReadRowsOptions> = {}) {
  const bytes = typeof content === "string" ? encoder.encode(content) : content;
  const lists = readRows(pieces(bytes, 5), { kind: "csv", ...options });
  return (await Array.fromAsync(lists)).flat();
}

const textOf = ({ bytes }: FileRecord) => decoder.decode(bytes);

/** Says what each line belongs to, by reading the whole text again from every line. */
function slowRows(text: string): [string, boolean][] {
  const lines = text === "" ? [] : text.split(/(?<=\n)/);
  const found: [string, boolean][] = [];
  for (let i = 0; i < lines.length;) {
    let row = "";
    let end = i;
    let whole = false;
    while (end < lines.length && !whole) {
      row += lines[end++];
      // A row: fields that are quoted as a whole, or do not begin with a quote.
      whole = /^(?:"(?:[^"]|"")*"|(?!")[^,\n]*)(?:,(?:"(?:[^"]|"")*"|(?!")[^,\n]*))*(?:\r?\n|\r)?$/
        .test(row);
    }
    found.push(whole ? [row, true] : [lines[i]!, false]);
    i = whole ? end : i + 1;
  }
  return found.map(([row, whole]) => [row.replace(/\r?\n$|\r$/, ""), whole]);
}

const anyLines = fc.array(fc.constantFrom("a", '"', '"', ",", "\n", "\n", "\r\n", "é", '""'), {
  maxLength: 40,
}).map((parts) => parts.join(""));

Deno.test("splitRecords() gives the same records whatever the chunks, and loses no byte", async () => {
  const bounds = fc.constantFrom<RecordOptions>({}, csv, { longest: 9 }, { ...csv, longest: 9 });
  await fc.assert(
    fc.asyncProperty(anyLines, bounds, async (text, options) => {
      const whole = await split(text, options, 1 << 16);
      for (const size of [1, 2, 5]) assertEquals(await split(text, options, size), whole);
      const ends = whole.map(({ end }) => end);
      assertEquals(whole.map(({ start }) => start), [0, ...ends].slice(0, -1));
      assertEquals(ends.at(-1) ?? 0, encoder.encode(text).length);
      const lines = text.split("\n").length;
      const last = text === "" || text.endsWith("\n") ? lines - 1 : lines;
      assertEquals(whole.at(-1)?.lastLine ?? 0, last);
    }),
    { numRuns: 500 },
  );
});

Deno.test("splitRecords() spoils the first line of a broken row, as a slow reader does", async () => {
  await fc.assert(
    fc.asyncProperty(anyLines, async (text) => {
      const found = (await split(text, csv)).map((record): [string, boolean] => [
        textOf(record),
        record.fault === undefined,
      ]);
      assertEquals(found, slowRows(text));
    }),
    { numRuns: 2000 },
  );
});

Deno.test("splitRecords() tells the lines that each record stands on", async () => {
  const records = await split('a,b\n"x\ny",1\n\nlast,2', csv);
  assertEquals(records.map(({ line, lastLine }) => [line, lastLine]), [[1, 1], [2, 3], [4, 4], [
    5,
    5,
  ]]);
});

Deno.test("splitRecords() gives up one line that is too long, and goes on behind it", async () => {
  for (const options of [{ longest: 50 }, { ...csv, longest: 50 }]) {
    const records = await split(`short\n${"x".repeat(120)}\nlast\n`, options, 16);
    assertEquals(records.map(({ line, fault }) => [line, fault]), [
      [1, undefined],
      [2, "it is longer than 50 bytes"],
      [3, undefined],
    ]);
    assertEquals(textOf(records[2]!), "last");
  }
  const quoted = await split(`1,"${"moon\n".repeat(20)}",2\nlast\n`, { ...csv, longest: 50 }, 16);
  assertEquals(quoted[0]!.fault, "it is longer than 50 bytes, or a quote in it is never closed");
  assertEquals([textOf(quoted.at(-1)!), quoted.at(-1)!.line], ["last", 22]);
});

/** Seconds of processor time that reading takes. */
async function cost(line: string, bytes: number, longest?: number): Promise<number> {
  const block = encoder.encode(line.repeat(Math.ceil(2 ** 16 / line.length)));
  async function* source() {
    yield encoder.encode("id,text\n");
    for (let left = bytes; left > 0; left -= block.length) yield block;
  }
  const start = performance.now();
  let end = 0;
  for await (const list of splitRecords(source(), { ...csv, ...(longest && { longest }) })) {
    for (const record of list) end = record.end;
  }
  assert(end >= bytes);
  return (performance.now() - start) / 1000;
}

Deno.test("splitRecords() takes time linear in the bytes, whatever the quotes", async () => {
  const kinds: [string, number?][] = [
    ['a"b,"c\n'],
    ['a","b\n'],
    ['"\n'],
    ['""",\n'],
    ['a,"b\n', 2 ** 20],
    ['a","b\n', 2 ** 20],
    ["moon ", 2 ** 20],
    ["moon "],
  ];
  for (const [line, longest] of kinds) {
    await cost(line, 2 ** 17, longest && longest / 16);
    const times = [];
    for (const size of [1, 4]) {
      times.push(await cost(line, size * 2 ** 19, longest && longest / 16));
    }
    // Four times the bytes: quadratic would be sixteen times the time, and seconds of it.
    assert(times[1]! < 9 * times[0]! + 1, `${JSON.stringify(line)}: ${times.join(" s, ")} s`);
  }
});

Deno.test("readRows() reads quoted fields as another reader does", async () => {
  const field = fc.array(fc.constantFrom("a", '"', ",", ";", "\n", "\r\n", " ", "é", "\t"), {
    maxLength: 6,
  }).map((parts) => parts.join(""));
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(field, field), { minLength: 1, maxLength: 8 }),
      fc.constantFrom(",", ";", "\t"),
      async (table, separator) => {
        const quoted = (value: string) => `"${value.replaceAll('"', '""')}"`;
        const text = [["id", "text"], ...table]
          .map((row) => `${row.map(quoted).join(separator)}\r\n`).join("");
        const expected = parse(text, { separator, skipFirstRow: true });
        const found = (await rows(text)).map(({ fields }) => fields);
        assertEquals(found, expected.map((record) => ({ ...record })));
      },
    ),
  );
});

Deno.test("readRows() obeys a byte order mark, also before a quote", async () => {
  const text = '"id","te,xt"\n1,"café ""x"""\n2,"never\n';
  const utf16 = (bigEndian: boolean) => {
    const bytes = new DataView(new ArrayBuffer(2 * (text.length + 1)));
    [...`\ufeff${text}`].forEach((c, i) => bytes.setUint16(2 * i, c.charCodeAt(0), !bigEndian));
    return new Uint8Array(bytes.buffer);
  };
  const fault = "it has a quote that is never closed";
  for (const bytes of [encoder.encode(`\ufeff${text}`), utf16(false), utf16(true)]) {
    for (const encoding of ["utf-8", "latin1"]) {
      const found = await rows(bytes, { encoding });
      assertEquals(found.map(({ fields, fault }) => fields ?? fault), [
        { id: "1", "te,xt": 'café "x"' },
        fault,
      ]);
    }
  }
});

Deno.test("readRows() reads lines that end in carriage returns", async () => {
  const found = await rows('id,text\r1,"two\rlines"\r2,moon\r');
  assertEquals(found.map(({ line, lastLine, fields }) => [line, lastLine, fields?.text]), [
    [2, 3, "two\rlines"],
    [4, 4, "moon"],
  ]);
});

Deno.test("readRows() refuses a table without a first row, or with a column twice", async () => {
  await assertRejects(() => rows("\n\n"), SyntaxError, "it is empty");
  await assertRejects(
    () => rows('id,"text\n'),
    SyntaxError,
    "in its first row, it has a quote that is never closed",
  );
  const columns = { columns: ["text"], optional: ["id"] };
  await assertRejects(() => rows("a,b\n", columns), RangeError, 'Unknown column "text"');
  await assertRejects(
    () => rows("id,text,id\n", columns),
    SyntaxError,
    'it has the column "id" 2 times',
  );
  await assertRejects(
    () => rows("text\n", { separator: "||" }),
    RangeError,
    'Cannot take "||" for a separator',
  );
});
