import type { Progress } from "@heatword/core";
import { readLabelled, type ReadLabelledOptions } from "@heatword/datasets/tables";
import { assert, assertEquals, assertRejects } from "@std/assert";
import { gzipSync } from "node:zlib";
import { testPermitted } from "../../_skip.ts";

const test = testPermitted("read", "write");

/** Reads `content` as a file of this name. */
async function read(
  name: string,
  content: string | Uint8Array,
  options?: ReadLabelledOptions,
) {
  const dir = await Deno.makeTempDir();
  try {
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    await Deno.writeFile(`${dir}/${name}`, bytes);
    return await readLabelled(`${dir}/${name}`, options);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

const TWO = [
  { id: "2", text: "See you, Ann", label: "ham" },
  { id: "3", text: 'Say "yes"', label: "spam" },
];

test("readLabelled() reads tables", async (t) => {
  const tables: Record<string, [string, string | Uint8Array, ReadLabelledOptions?]> = {
    "with commas": ["a.csv", 'label,text\nham,"See you, Ann"\nspam,"Say ""yes"""\n'],
    "without the last line feed": ["a.csv", 'label,text\nham,"See you, Ann"\nspam,"Say ""yes"""'],
    "with carriage returns": [
      "a.csv",
      'label,text\r\nham,"See you, Ann"\r\nspam,"Say ""yes"""\r\n',
    ],
    "with a byte order mark": [
      "a.csv",
      '\ufefflabel,text\nham,"See you, Ann"\nspam,"Say ""yes"""\n',
    ],
    "with semicolons": ["a.csv", 'label;text\nham;See you, Ann\nspam;"Say ""yes"""\n'],
    "with tabs": ["a.tsv", 'label\ttext\nham\tSee you, Ann\nspam\tSay "yes"\n'],
    "with bars": ["a.csv", 'label|text\nham|See you, Ann\nspam|Say "yes"\n', { separator: "|" }],
    "with other names": [
      "a.csv",
      'n,class,body\n2,ham,"See you, Ann"\n3,spam,"Say ""yes"""\n',
      { text: "body", label: "class", id: "n" },
    ],
    "with blanks around names and classes": [
      "a.csv",
      'label , text\n ham ,"See you, Ann"\nspam,"Say ""yes"""\n',
    ],
    "gzipped": ["a.csv.gz", gzipSync('label,text\nham,"See you, Ann"\nspam,"Say ""yes"""\n')],
    "in capitals": ["A.CSV", 'label,text\nham,"See you, Ann"\nspam,"Say ""yes"""\n'],
    "in UTF-16": [
      "a.csv",
      new Uint8Array(
        Uint16Array.from(
          '\ufefflabel,text\nham,"See you, Ann"\nspam,"Say ""yes"""\n',
          (c) => c.charCodeAt(0),
        ).buffer,
      ),
    ],
  };
  for (const [name, [file, content, options]] of Object.entries(tables)) {
    await t.step(name, async () => {
      assertEquals(await read(file, content, options), {
        rows: TWO,
        classes: ["ham", "spam"],
        bad: [],
      });
    });
  }
});

test("readLabelled() keeps line breaks and characters inside quotes", async () => {
  const text = "one\n\ntwo,\r\nthree 😀 naïve\t";
  const { rows } = await read("a.csv", `text,label\n"${text}",a\nx,b\n`);
  assertEquals(rows, [{ id: "2", text, label: "a" }, { id: "6", text: "x", label: "b" }]);
});

test("readLabelled() reads other encodings", async () => {
  const latin1 = Uint8Array.from("text,label\nnaïve,a\ncafé,b\n", (c) => c.charCodeAt(0));
  const { rows } = await read("a.csv", latin1, { encoding: "latin1" });
  assertEquals(rows.map(({ text }) => text), ["naïve", "café"]);
  for (const name of ["iso-8859-1", "windows-1252", "Latin1"]) {
    assertEquals((await read("a.csv", latin1, { encoding: name })).rows, rows);
  }
  const problem = "line 2: byte 0xef at offset 2 is not UTF-8; name the encoding";
  await assertRejects(() => read("a.csv", latin1), RangeError, problem);
  await assertRejects(
    () => read("a.csv", latin1, { encoding: "latin9x" }),
    RangeError,
    'Unknown encoding "latin9x"',
  );
});

test("readLabelled() reports bad rows by line and goes on", async () => {
  const table = [
    "id,text,label",
    "1,good,a",
    "2,,a",
    '3,"   ",b',
    "4,no class,",
    "5,too few",
    "6,too,many,fields",
    "",
    "1,again,b",
    ",no id,b",
    '8,"two',
    'lines",b,x',
    "9,bell,a\u0007b",
    "10,good too,b",
  ].join("\n");
  const { rows, classes, bad } = await read("a.csv", table, { id: "id" });
  assertEquals(rows.map(({ id }) => id), ["1", "10"]);
  assertEquals(classes, ["a", "b"]);
  assertEquals(bad.map(({ place, problem }) => `${place}: ${problem}`), [
    "line 3: the text is empty",
    "line 4: the text is empty",
    "line 5: the class is empty",
    "line 6: it has 2 fields and not 3",
    "line 7: it has 4 fields and not 3",
    'line 9: the id "1" was there already, in line 2',
    "line 10: the id is missing",
    "lines 11 to 12: it has 4 fields and not 3",
    "line 13: the class holds a control character",
  ]);
});

test("readLabelled() reads lines of JSON and reports bad ones", async () => {
  const lines = [
    '{"text": "See\\nyou", "label": "ham", "more": [1]}',
    "",
    '{"text": "one", "label": 1}',
    '{"text": "yes", "label": true}',
    "{text}",
    "[1]",
    "null",
    '{"label": "a"}',
    '{"text": "a"}',
    '{"text": 5, "label": "a"}',
    '{"text": "a", "label": {}}',
    '{"text": "__proto__", "label": "__proto__"}',
  ];
  for (const end of ["\n", "\r\n"]) {
    for (const start of ["", "\ufeff"]) {
      const { rows, classes, bad } = await read("a.jsonl", start + lines.join(end) + end);
      assertEquals(rows.map(({ text }) => text), ["See\nyou", "one", "yes", "__proto__"]);
      assertEquals(classes, ["1", "__proto__", "ham", "true"]);
      assertEquals(bad.map(({ place, problem }) => `${place}: ${problem}`), [
        "line 5: it is not JSON",
        "line 6: it is not an object",
        "line 7: it is not an object",
        'line 8: it has no "text"',
        'line 9: it has no "label"',
        "line 10: the text is not a string",
        "line 11: the class is neither a text nor a number",
      ]);
    }
  }
});

test("readLabelled() reads a folder for each class", async () => {
  const dir = await Deno.makeTempDir();
  try {
    for (const name of ["spam", "ham", "empty", ".git"]) await Deno.mkdir(`${dir}/${name}`);
    await Deno.writeTextFile(`${dir}/spam/2.txt`, "two");
    await Deno.writeTextFile(`${dir}/spam/1.txt`, "one");
    await Deno.writeTextFile(`${dir}/spam/.hidden`, "x");
    await Deno.writeTextFile(`${dir}/ham/1.txt`, "\ufeffsee you");
    await Deno.writeTextFile(`${dir}/ham/2.txt`, " \n");
    await Deno.writeFile(`${dir}/ham/3.txt`, new Uint8Array([0xff, 0x41]));
    await Deno.mkdir(`${dir}/ham/more`);
    await Deno.symlink("/etc/passwd", `${dir}/ham/passwd`);
    await Deno.writeTextFile(`${dir}/readme`, "x");
    const { rows, classes, bad } = await readLabelled(dir);
    assertEquals(rows, [
      { id: "ham/1.txt", text: "see you", label: "ham" },
      { id: "spam/1.txt", text: "one", label: "spam" },
      { id: "spam/2.txt", text: "two", label: "spam" },
    ]);
    assertEquals(classes, ["ham", "spam"]);
    assertEquals(bad.map(({ place, problem }) => `${place.slice(dir.length)}: ${problem}`), [
      "/empty: the class has no text",
      "/ham/2.txt: the text is empty",
      "/ham/3.txt: byte 0xff at offset 0 is not UTF-8; name the encoding, e.g. --encoding latin1",
      "/ham/more: it is not a file",
      "/ham/passwd: it is not a file",
      "/readme: it is in no folder that names its class",
    ]);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});

test("readLabelled() refuses data that nothing can be learnt from", async (t) => {
  const head = "text,label\n";
  const cases: Record<string, [string, string | Uint8Array, string, ReadLabelledOptions?]> = {
    "an empty table": ["a.csv", "", "it is empty"],
    "blank lines": ["a.csv", "\n\n\n", "it is empty"],
    "a header alone": ["a.csv", head, "the file holds no text"],
    "empty lines of JSON": ["a.jsonl", "\n", "the file holds no text"],
    "one class": ["a.csv", head + "a,x\nb,x\n", 'all texts have the class "x"'],
    "one class of another that is bad": [
      "a.csv",
      head + "a,x\n,y\n",
      'all texts have the class "x"',
    ],
    "no good row": ["a.csv", head + ",x\nb\n", "no text can be used; line 2: the text is empty"],
    "a class for each row": [
      "a.csv",
      head + Array.from({ length: 1001 }, (_, i) => `t,${i}\n`).join(""),
      "it has 1001 classes, more than 1000; is the column right?",
    ],
    "an unknown column": [
      "a.csv",
      "txt,label\na,b\n",
      'Unknown column "text": did you mean "txt"?',
    ],
    "a column twice": ["a.csv", "text,text,label\na,b,c\n", 'it has the column "text" 2 times'],
    "another kind of file": ["a.txt", "x", "its name should end in .csv, .tsv or .jsonl"],
    "no kind of file": ["data", "x", "its name should end in"],
    "gzip cut short": [
      "a.csv.gz",
      gzipSync(head + "a,x\n").subarray(0, 12),
      "damaged or cut short",
    ],
    "no such id column": ["a.csv", head + "a,x\n", 'Unknown column "id"', { id: "id" }],
  };
  for (const [name, [file, content, message, options]] of Object.entries(cases)) {
    await t.step(name, async () => {
      const error = await assertRejects(() => read(file, content, options), Error, message);
      assert(error instanceof SyntaxError || error instanceof RangeError);
      assert(/^Cannot read the data ".*\/[^/]+": /.test(error.message), error.message);
      assert(!error.message.includes("\n"));
    });
  }
  await assertRejects(
    () => readLabelled("/no/such.csv"),
    Deno.errors.NotFound,
    'Cannot find the data "/no/such.csv"',
  );
});

test("readLabelled() takes quotes inside a field as they stand", async () => {
  const { rows, bad } = await read("a.csv", 'text,label\n5" disk,a\nx"y",b\n');
  assertEquals([rows.map(({ text }) => text), bad], [['5" disk', 'x"y"'], []]);
});

test("readLabelled() loses one line to a broken quote, and says which", async () => {
  const table = 'text,label\n"never closed,a\nmoon,b\n"x"y,b\n"orbit, low",a\n"cut,b\nride,a\n';
  const { rows, bad } = await read("a.csv", table);
  assertEquals(rows.map(({ id, text, label }) => [id, text, label]), [
    ["3", "moon", "b"],
    ["5", "orbit, low", "a"],
    ["7", "ride", "a"],
  ]);
  assertEquals(bad, [
    { place: "line 2", problem: "it has a quote that is closed before the end of its field" },
    { place: "line 4", problem: "it has a quote that is closed before the end of its field" },
    { place: "line 6", problem: "it has a quote that is never closed" },
  ]);
});

test("readLabelled() reads 100,000 rows", async () => {
  const row = (i: number) => `"text ${i},\nmore words of it",class${i % 5}\n`;
  const steps: Progress[] = [];
  const content = "text,label\n" + Array.from({ length: 100_000 }, (_, i) => row(i)).join("");
  const { rows, classes, bad } = await read("a.csv", content, { onProgress: (p) => steps.push(p) });
  assertEquals([rows.length, classes.length, bad.length], [100_000, 5, 0]);
  assertEquals(rows.at(-1), {
    id: "200000",
    text: "text 99999,\nmore words of it",
    label: "class4",
  });
  assertEquals(steps.at(-1)!.done, steps.at(-1)!.total);
});

test("readLabelled() calls rows by the column id where each has its own, and else by line", async () => {
  const csv = (ids: readonly string[]) =>
    `id,text,label\n${ids.map((id, i) => `${id},text ${i},${i % 2 ? "a" : "b"}\n`).join("")}`;
  const idsOf = async (name: string, content: string, options?: ReadLabelledOptions) => {
    const { rows, notes } = await read(name, content, options);
    return [rows.map(({ id }) => id), notes];
  };
  assertEquals(await idsOf("a.csv", csv(["x", "y", "z"])), [["x", "y", "z"], undefined]);
  assertEquals(await idsOf("a.csv", csv(["x", "", "z"])), [["2", "3", "4"], undefined]);
  const [ids, notes] = await idsOf("a.csv", csv(["x", "y", "x"]));
  assertEquals([ids, notes!.length], [["2", "3", "4"], 1]);
  const lines = [["text 0", "a"], ["text 1", "b"]].map(([text, label], id) =>
    JSON.stringify({ id: id + 7, text, label })
  );
  assertEquals(await idsOf("a.jsonl", lines.join("\n")), [["7", "8"], undefined]);
});

test("readLabelled() tells of a column split that nobody named", async () => {
  const csv = "split,text,label\ntrain,one,a\ntest,two,b\ndev,three,a\n";
  const { notes, rows } = await read("a.csv", csv);
  assertEquals(notes!.length, 1);
  assert(notes![0]!.includes("--split-column split"));
  assertEquals(rows.map(({ part }) => part), [undefined, undefined, undefined]);
  assertEquals((await read("a.csv", csv, { splitColumn: "split" })).notes, undefined);
  const odd = csv.replace("train,", "yes,");
  assertEquals((await read("a.csv", odd)).notes, undefined);
  const lines = ["train", "test"].map((split, i) =>
    JSON.stringify({ split, text: `text ${i}`, label: `${i}` })
  );
  assertEquals((await read("a.jsonl", lines.join("\n"))).notes, notes);
});

test("readLabelled() refuses a table that is in another encoding, and leaves out slips", async () => {
  const latin = (isOdd: (i: number) => boolean) =>
    Uint8Array.from(
      `text,label\n${
        Array.from({ length: 40 }, (_, i) => `${isOdd(i) ? "caf\xe9" : "tea"} ${i},${i % 2}\n`)
          .join("")
      }`,
      (c) => c.charCodeAt(0),
    );
  await assertRejects(
    () => read("a.csv", latin((i) => i % 8 === 1)),
    RangeError,
    "5 of 40 rows are not in utf-8 (line 3 the first): name their encoding",
  );
  const { rows, bad } = await read("a.csv", latin((i) => i % 10 === 0));
  assertEquals([rows.length, bad.length], [36, 4]);
  assertEquals(bad.map(({ misread }) => misread), [true, true, true, true]);
  // Whatever the encoding is called; and a row that only says so is none.
  await assertRejects(
    () => read("a.csv", latin((i) => i % 8 === 1), { encoding: "utf8" }),
    RangeError,
    "5 of 40 rows are not in utf8",
  );
  const quoted = "text,label\n" +
    Array.from(
      { length: 40 },
      (_, i) => i % 8 === 1 ? `"is not UTF-8"x,${i % 2}\n` : `tea ${i},${i % 2}\n`,
    ).join("");
  assertEquals(
    (await read("a.csv", new TextEncoder().encode(quoted))).bad.filter(({ misread }) => misread),
    [],
  );
  const read1 = await read("a.csv", latin((i) => i % 8 === 1), { encoding: "latin1" });
  assertEquals([read1.rows.length, read1.rows[1]!.text], [40, "café 1"]);
});
