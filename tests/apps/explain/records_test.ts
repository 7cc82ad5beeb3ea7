import { assert, assertEquals } from "@std/assert";
import { parse } from "@std/csv";
import fc from "fast-check";
import {
  csvBoundary,
  type FileRecord,
  lineBoundary,
  splitRecords,
} from "../../../apps/explain/batch/_records.ts";
import { shardRange } from "../../../apps/explain/batch/_rows.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let i = 0; i < bytes.length; i += size) {
    yield await Promise.resolve(bytes.slice(i, i + size));
  }
}

async function split(
  text: string,
  kind: "line" | "csv",
  size = 7,
  longest?: number,
): Promise<FileRecord[]> {
  const boundary = kind === "csv" ? csvBoundary() : lineBoundary();
  const records = await Array.fromAsync(
    splitRecords(pieces(encoder.encode(text), size), boundary, longest),
  );
  return records.flat();
}

const textOf = ({ bytes }: FileRecord) => decoder.decode(bytes);

Deno.test("splitRecords() gives the same records whatever the chunks", async () => {
  const anyLines = fc.array(fc.constantFrom("a", '"', ",", "\n", "\r\n", "é", '""'), {
    maxLength: 40,
  }).map((parts) => parts.join(""));
  await fc.assert(
    fc.asyncProperty(anyLines, fc.constantFrom("line", "csv"), async (text, kind) => {
      const whole = await split(text, kind as "csv", 1 << 16);
      for (const size of [1, 2, 5]) assertEquals(await split(text, kind as "csv", size), whole);
      // No byte is lost or doubled.
      assertEquals(
        whole.map(({ start }) => start),
        [0, ...whole.map(({ end }) => end)].slice(0, -1),
      );
      assertEquals(whole.at(-1)?.end ?? 0, encoder.encode(text).length);
    }),
  );
});

Deno.test("splitRecords() reads CSV as a whole-file parser does", async () => {
  const field = fc.array(fc.constantFrom("a", '"', ",", "\n", " ", "é"), { maxLength: 6 })
    .map((parts) => parts.join(""));
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(field, field), { minLength: 1, maxLength: 8 }),
      async (rows) => {
        const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
        const csv = rows.map((row) => `${row.map(quoted).join(",")}\r\n`).join("");
        const found = (await split(csv, "csv")).map((record) => parse(textOf(record))[0]);
        assertEquals(found, parse(csv));
      },
    ),
  );
});

Deno.test("splitRecords() tells the line that each record begins on", async () => {
  const records = await split('a,b\n"x\ny",1\n\nlast,2', "csv");
  assertEquals(records.map(({ line }) => line), [1, 2, 4, 5]);
});

Deno.test("splitRecords() loses one line to a quote that is never closed", async () => {
  const records = await split('a,b\n1,"open\n2,two\n3,three\n', "csv");
  assertEquals(records.map(textOf), ["a,b", '1,"open', "2,two", "3,three"]);
  assertEquals(records.map(({ fault }) => fault !== undefined), [false, true, false, false]);
});

Deno.test("splitRecords() gives up a record that is too long and goes on", async () => {
  const records = await split(`short\n${"x".repeat(100)}\nlast\n`, "line", 16, 50);
  assertEquals(records.at(-1) && textOf(records.at(-1)!), "last");
  assert(records.some(({ fault }) => fault === "is too long"));
});

Deno.test("splitRecords() drops a byte order mark", async () => {
  assertEquals((await split("\ufeffa\nb", "line")).map(textOf), ["a", "b"]);
});

Deno.test("shardRange() cuts without gaps", () => {
  fc.assert(fc.property(fc.nat(1e6), fc.integer({ min: 1, max: 50 }), (total, count) => {
    let end = 0;
    for (let index = 1; index <= count; index++) {
      const [from, to] = shardRange(total, { index, count });
      assertEquals(from, end);
      end = to;
    }
    assertEquals(end, total);
  }));
});
