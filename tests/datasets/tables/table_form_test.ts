import {
  quoteOf,
  readRows,
  type ReadRowsOptions,
  separatorOf,
  type TableRow,
} from "@heatword/datasets/tables";
import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { stringify } from "csv-stringify/sync";
import fc from "fast-check";

const encoder = new TextEncoder();

async function rowsOf(text: string, options: Partial<ReadRowsOptions> = {}): Promise<TableRow[]> {
  const bytes = encoder.encode(text);
  // In pieces, so that no field, quote or line end is in one by chance.
  const pieces = Array.from(
    { length: Math.ceil(bytes.length / 7) },
    (_, i) => bytes.subarray(7 * i, 7 * i + 7),
  );
  return (await Array.fromAsync(readRows(pieces, { kind: "csv", ...options }))).flat();
}

const fieldsOf = async (text: string, options?: Partial<ReadRowsOptions>) =>
  (await rowsOf(text, options)).map(({ fields, fault }) =>
    fields ? Object.values(fields) : [`fault: ${fault}`]
  );

const separators = [",", ";", "\t", "|", " ", ":"];
const quotes = ['"', "'", "`"];

/** A field of whatever gives readers trouble. */
const field = fc.array(
  fc.constantFrom("a", "é", "日", "😀", ...separators, ...quotes, "\n", "\r\n", "\\", "#"),
  { maxLength: 8 },
).map((parts) => parts.join(""));

const tables = fc.integer({ min: 2, max: 4 }).chain((columns) =>
  fc.array(fc.array(field, { minLength: columns, maxLength: columns }), {
    minLength: 1,
    maxLength: 6,
  })
);

/** The table as another program writes it. */
function written(
  rows: readonly (readonly string[])[],
  form: { separator: string; quote: string; lineEnd: string; all: boolean },
): string {
  return stringify(rows as string[][], {
    delimiter: form.separator,
    quote: form.quote,
    escape: form.quote,
    record_delimiter: form.lineEnd,
    quoted: form.all,
    quoted_match: /[\r\n]/,
  });
}

const forms = fc.record({
  separator: fc.constantFrom(...separators),
  quote: fc.constantFrom(...quotes),
  lineEnd: fc.constantFrom("\n", "\r\n"),
  all: fc.boolean(),
});

Deno.test("readRows() reads what csv-stringify writes, by all separators, quotes and headers", async () => {
  await fc.assert(
    fc.asyncProperty(tables, forms, fc.boolean(), async (rows, form, header) => {
      const names = rows[0]!.map((_, i) => `column ${i}`);
      const text = written(header ? [names, ...rows] : rows, form);
      const { separator, quote } = form;
      const found = await rowsOf(text, { separator, quote, header });
      const keys = header ? names : rows[0]!.map((_, i) => String(i + 1));
      assertEquals(
        found.map(({ fields, fault }) => fields ?? fault),
        rows.map((row) => Object.fromEntries(keys.map((key, i) => [key, row[i]!]))),
      );
    }),
    { numRuns: 150 },
  );
});

Deno.test("readRows() finds the separator by the names of the columns, whatever the texts hold", async () => {
  const known = forms.filter(({ separator }) => [",", ";", "\t", "|"].includes(separator));
  await fc.assert(
    fc.asyncProperty(tables, known, async (rows, form) => {
      const names = rows[0]!.map((_, i) => i === 0 ? "text" : i === 1 ? "label" : `more ${i}`);
      const found = await rowsOf(written([names, ...rows], { ...form, all: true }), {
        quote: form.quote,
        columns: ["text", "label"],
      });
      assertEquals(
        found.map(({ fields }) => fields && Object.values(fields)),
        rows.map((row) => [...row]),
      );
    }),
    { numRuns: 100 },
  );
});

Deno.test("readRows() finds the separator by the number of fields that rows have", async (t) => {
  const header = { header: false };
  const cases: Record<string, [string, Partial<ReadRowsOptions>, string[][]]> = {
    "more commas than semicolons in texts": [
      "ham;See you, Ann, and you, Bob\nspam;Win, now\nham;no\n",
      header,
      [["ham", "See you, Ann, and you, Bob"], ["spam", "Win, now"], ["ham", "no"]],
    ],
    "more semicolons than tabs": [
      "label\ttext\nham\ta; b; c\nspam\td\n",
      {},
      [["ham", "a; b; c"], ["spam", "d"]],
    ],
    "commas in numbers, as many in each row": ["1,5;good\n2,5;bad\n", header, [["1,5", "good"], [
      "2,5",
      "bad",
    ]]],
    "quotes around texts with other separators": [
      'a,"x;y;z"\nb,"p;q"\nc,r\n',
      header,
      [["a", "x;y;z"], ["b", "p;q"], ["c", "r"]],
    ],
    "bars": ["a|x, y\nb|z\n", header, [["a", "x, y"], ["b", "z"]]],
    "empty columns at the end": [
      "ham\tSee you, Ann\t\t\nspam\tWin\t\t\n",
      header,
      [["ham", "See you, Ann", "", ""], ["spam", "Win", "", ""]],
    ],
    "one column": ["text\nmoon\norbit\n", {}, [["moon"], ["orbit"]]],
    "a row that is broken": [
      "a;b, c\nd;e, f, g\nh;i;j\nk;l\n",
      header,
      [["a", "b, c"], ["d", "e, f, g"], ["fault: it has 3 fields and not 2"], ["k", "l"]],
    ],
  };
  for (const [name, [text, options, expected]] of Object.entries(cases)) {
    await t.step(name, async () => assertEquals(await fieldsOf(text, options), expected));
  }
});

Deno.test("readRows() gives the last of --fields all that follows, quotes too", async () => {
  const form = { header: false, separator: " ", fields: 2 };
  assertEquals(await fieldsOf('DESC What does " c.b. " mean ?\nHUM Who\n', form), [
    ["DESC", 'What does " c.b. " mean ?'],
    ["HUM", "Who"],
  ]);
  assertEquals(await fieldsOf("a b\nonly\n", form), [["a", "b"], [
    "fault: it has 1 field and not 2",
  ]]);
});

Deno.test("readRows() takes quotes for characters where there are none, and says where another fits", async () => {
  const text = `a,"x\nb,y"\n`;
  assertEquals(await fieldsOf(text, { header: false, separator: ",", quote: "" }), [
    ["a", '"x'],
    ["b", 'y"'],
  ]);
  assertEquals(await fieldsOf("label;text\na;'x;y'\n"), [
    ["fault: it has 3 fields and not 2; it has with --quote single"],
  ]);
});

Deno.test("readRows() keeps a row of nothing but separators, and leaves out blank lines", async () => {
  assertEquals(await fieldsOf("a\tb\n\t\n\n \nc\td\n", { separator: "\t" }), [["", ""], [
    "c",
    "d",
  ]]);
  assertEquals(await fieldsOf("a,b\n\t\n\nc,d\n", { separator: "," }), [["c", "d"]]);
});

Deno.test("readRows() says in one line which column is not there, and prints no article", async () => {
  const article = "The shuttle reached its orbit, said the paper. ".repeat(40);
  const first = `1,"${article}"\n`;
  const message = async (options: Partial<ReadRowsOptions>, text = first) =>
    (await assertRejects(() => rowsOf(text, options), RangeError)).message;
  const asked = { columns: ["text"] };
  const unknown = await message(asked);
  assertEquals(
    unknown,
    `Unknown column "text". Known: 1, "${article.slice(0, 60)}…"; if its first ` +
      "row is one of the data, add --no-header",
  );
  assertEquals(
    await message({ ...asked, header: false }),
    'Unknown column "text": without a header line columns go by number, from 1 to 2',
  );
  assertEquals(
    await message({ columns: ["3"], header: false }),
    'Unknown column "3": without a header line columns go by number, from 1 to 2',
  );
  assertEquals(
    await message({ columns: ["2"] }, "label,text\nham,See you\n"),
    'Unknown column "2". Known: label, text; if its first row is one of the ' +
      "data, add --no-header",
  );
});

Deno.test("separators and quotes have names, and what is none is refused", () => {
  assertEquals(
    ["comma", "semicolon", "tab", "\\t", "space", "bar", "pipe", "^"].map(separatorOf),
    [",", ";", "\t", "\t", " ", "|", "|", "^"],
  );
  assertEquals(["double", "single", "none", "`"].map(quoteOf), ['"', "'", "", "`"]);
  for (const bad of ["", "||", "é", "\n", '"', "constructor"]) {
    assertThrows(
      () => separatorOf(bad),
      RangeError,
      `Cannot take ${JSON.stringify(bad)} for a sep`,
    );
  }
  for (const bad of ["''", "“", " ", "\t", "\n"]) {
    assertThrows(() => quoteOf(bad), RangeError, `Cannot take ${JSON.stringify(bad)} for a quote`);
  }
});

Deno.test("readRows() refuses forms that contradict themselves", async () => {
  await assertRejects(
    () => rowsOf("a'b\n", { separator: "'", quote: "'" }),
    RangeError,
    `Cannot take "'" both for the separator and for the quote`,
  );
  await assertRejects(() => rowsOf("a b\n", { fields: 0 }), RangeError, "Cannot take 0 fields");
});

Deno.test("readRows() reads bars between letters of which bars are a part", async () => {
  // In GBK, 0x7c is the second byte of some characters: 爘 is 0xa0 0x7c.
  const bytes = [..."a|"].map((c) => c.charCodeAt(0)).concat([0xa0, 0x7c], [0x0a]);
  const lists = readRows([Uint8Array.from(bytes)], {
    kind: "csv",
    header: false,
    separator: "|",
    encoding: "gbk",
  });
  const rows = (await Array.fromAsync(lists)).flat();
  const letter = new TextDecoder("gbk").decode(Uint8Array.of(0xa0, 0x7c));
  assertEquals(rows.map(({ fields }) => Object.values(fields!)), [["a", letter]]);
});
