import type { UnseenSpan } from "@heatword/core";
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { parse } from "@std/csv";
import { asyncBufferFromFile, parquetReadObjects } from "hyparquet";
import { namesIn } from "../../_in_folder.ts";
import { withMadeModel } from "../_made_model.ts";
import { explainCommand, runExplain } from "../_run_explain.ts";
import { asCsv, asJsonl, madeTexts } from "./_rows_made.ts";
import { testPermitted } from "../../_skip.ts";

const test = testPermitted("read", "write", "env", "run");

async function batch(args: readonly string[], model: string): Promise<string> {
  const { code, stderr } = await runExplain(["--batch", ...args, "--model", model]);
  assertEquals(code, 0, stderr);
  return stderr;
}

const linesOf = (text: string) => text.trimEnd().split("\n").map((line) => JSON.parse(line));

test("explain --batch writes a line for every row, as for a single text", () =>
  withMadeModel(async (folder, model) => {
    const texts = madeTexts(40);
    await Deno.writeTextFile(`${folder}/in.jsonl`, asJsonl(texts));
    const said = await batch([`${folder}/in.jsonl`, "--out", `${folder}/out.jsonl`], model);
    assertEquals(said, "Explained 40 of 40 rows\n");
    assertEquals(namesIn(folder), ["in.jsonl", "out.jsonl"]);
    const lines = linesOf(await Deno.readTextFile(`${folder}/out.jsonl`));
    assertEquals(lines.map(({ id }) => id), texts.map((_, i) => i));
    assertEquals(lines.map(({ text }) => text), texts);
    const single = await runExplain([texts[7]!, "--format", "json", "--model", model]);
    assertEquals(lines[7], { ...JSON.parse(single.stdout), id: 7 });
  }));

test("explain --batch gives the same bytes whatever the number of workers", () =>
  withMadeModel(async (folder, model) => {
    await Deno.writeTextFile(`${folder}/in.jsonl`, asJsonl(madeTexts(150)));
    const outputs = await Promise.all([1, 2, 3].map(async (workers) => {
      const out = `${folder}/${workers}.jsonl`;
      const args = [`${folder}/in.jsonl`, "--out", out, "--workers", String(workers)];
      await batch([...args, "--explainer", "lrp,random", "--target", "all"], model);
      return await Deno.readTextFile(out);
    }));
    assertEquals(new Set(outputs).size, 1);
    const [first] = linesOf(outputs[0]!);
    assertEquals(first.explanations.length, 2 * 3);
    assertEquals(first.explanations[3].explainer, "random");
    assertEquals(first.explanations[3].relevance.length, first.tokens.length);
  }));

test("explain --batch reads CSV, JSON lines and folders alike", () =>
  withMadeModel(async (folder, model) => {
    const texts = madeTexts(30);
    await Deno.writeTextFile(`${folder}/in.jsonl`, asJsonl(texts));
    await Deno.writeTextFile(`${folder}/in.csv`, asCsv(texts));
    await Deno.mkdir(`${folder}/texts/sub`, { recursive: true });
    for (const [i, text] of texts.entries()) {
      const name = `${i % 2 ? "sub/" : ""}${String(i).padStart(2, "0")}.txt`;
      await Deno.writeTextFile(`${folder}/texts/${name}`, text);
    }
    const read = async (input: string) => {
      await batch([`${folder}/${input}`, "--out", `${folder}/out.jsonl`], model);
      return linesOf(await Deno.readTextFile(`${folder}/out.jsonl`));
    };
    const fromJson = await read("in.jsonl");
    const fromCsv = await read("in.csv");
    assertEquals(fromCsv, fromJson.map((row) => ({ ...row, id: String(row.id) })));
    const fromFolder = await read("texts");
    assertEquals(fromFolder.map(({ id }) => id), [
      ...texts.keys().filter((i) => i % 2 === 0).map((i) => `${String(i).padStart(2, "0")}.txt`),
      ...texts.keys().filter((i) => i % 2).map((i) => `sub/${String(i).padStart(2, "0")}.txt`),
    ]);
    const byText = (rows: { text: string; id: unknown }[]) =>
      rows.map(({ id: _, ...row }) => row).sort((a, b) => a.text < b.text ? -1 : 1);
    assertEquals(byText(fromFolder), byText(fromJson));
  }));

test("explain --batch writes CSV and Parquet with a row for every explanation", () =>
  withMadeModel(async (folder, model) => {
    await Deno.writeTextFile(`${folder}/in.jsonl`, asJsonl(madeTexts(25)));
    const args = [`${folder}/in.jsonl`, "--explainer", "lrp,sa"];
    for (const ending of ["jsonl", "csv", "parquet"]) {
      await batch([...args, "--out", `${folder}/out.${ending}`], model);
    }
    assertEquals(namesIn(folder), ["in.jsonl", "out.csv", "out.jsonl", "out.parquet"]);
    const documents = linesOf(await Deno.readTextFile(`${folder}/out.jsonl`));
    const csv = parse(await Deno.readTextFile(`${folder}/out.csv`), { skipFirstRow: true });
    const file = await asyncBufferFromFile(`${folder}/out.parquet`);
    const rows = await parquetReadObjects({ file });
    assertEquals([csv.length, rows.length], [50, 50]);
    rows.forEach((row, i) => {
      const document = documents[Math.floor(i / 2)];
      const explanation = document.explanations[i % 2];
      assertEquals(row.id, String(document.id));
      assertEquals(row.text, document.text);
      assertEquals(row.explainer, explanation.explainer);
      assertEquals(row.score, explanation.score);
      assertEquals(row.scores, document.scores);
      assertEquals(row.relevance, explanation.relevance);
      assertEquals(row.tokens, document.tokens.map(({ text }: { text: string }) => text));
      assertEquals(row.starts, document.tokens.map(({ start }: { start: number }) => start));
      assertEquals(JSON.parse(csv[i]!.relevance!), explanation.relevance);
      const unseen: UnseenSpan[] = document.unseen;
      const columns = {
        unknown: document.unknown,
        unseen_starts: unseen.map(({ start }) => start),
        unseen_ends: unseen.map(({ end }) => end),
        unseen_reasons: unseen.map(({ reason }) => reason),
      };
      for (const [name, list] of Object.entries(columns)) {
        assertEquals(row[name], list);
        assertEquals(JSON.parse(csv[i]![name]!), list);
      }
      assertEquals(JSON.parse(csv[i]!.scores!), document.scores);
      assertEquals(csv[i]!.text, document.text);
    });
  }));

test("explain --batch puts bad rows into a file of their own, with the reason", () =>
  withMadeModel(async (folder, model) => {
    const input = [
      '{"id": "a", "text": "the moon"}',
      "not json",
      "",
      '{"id": "b"}',
      '{"text": 5}',
      '"a ride"',
      '{"text": "  "}',
      "[1]",
      '{"id": "c", "text": "the bike", "label": "sci.space"}',
    ].join("\n");
    await Deno.writeTextFile(`${folder}/in.jsonl`, input);
    const said = await batch([`${folder}/in.jsonl`, "--out", `${folder}/out.jsonl`], model);
    assertStringIncludes(said, "Explained 4 of 8 rows; 4 rejected, see ");
    const good = linesOf(await Deno.readTextFile(`${folder}/out.jsonl`));
    assertEquals(good.map(({ id, text, label }) => [id, text, label]), [
      ["a", "the moon", undefined],
      [undefined, "a ride", undefined],
      [undefined, "  ", undefined],
      ["c", "the bike", "sci.space"],
    ]);
    const bad = linesOf(await Deno.readTextFile(`${folder}/out.rejected.jsonl`));
    assertEquals(bad.map(({ line }) => line), [2, 4, 5, 8]);
    assertMatch(bad[0].reason, /^Not JSON/);
    assertEquals(bad[0].row, "not json");
    assertEquals(bad[1].reason, 'The field "text" is missing');
    assertEquals(bad[2].reason, 'The field "text" is not a string');
    assertEquals(bad[3].reason, "Not a JSON object with a text");
    assertEquals(good[2].tokens, []);
  }));

test("explain --batch keeps names that are neither texts nor numbers, as JSON", () =>
  withMadeModel(async (folder, model) => {
    const ids = [{ $oid: "a1" }, ["x", 2], true, null, "b"];
    const rows = ids.map((id) => JSON.stringify({ id, text: "the moon" }));
    await Deno.writeTextFile(`${folder}/in.jsonl`, rows.join("\n"));
    await batch([`${folder}/in.jsonl`, "--out", `${folder}/out.csv`], model);
    const found = parse(await Deno.readTextFile(`${folder}/out.csv`), { skipFirstRow: true });
    assertEquals(found.map(({ id }) => id), ['{"$oid":"a1"}', '["x",2]', "true", "", "b"]);
  }));

test("explain --batch rejects broken CSV rows and bytes that are not UTF-8", () =>
  withMadeModel(async (folder, model) => {
    const csv = 'id,text\n1,the moon\n2,"a"b\n3\n4,caf\xe9\n5,a ride\n';
    await Deno.writeFile(`${folder}/in.csv`, Uint8Array.from(csv, (c) => c.charCodeAt(0)));
    await batch([`${folder}/in.csv`, "--out", `${folder}/out.csv`], model);
    const rows = parse(await Deno.readTextFile(`${folder}/out.csv`), { skipFirstRow: true });
    assertEquals(rows.map(({ id }) => id), ["1", "5"]);
    const bad = linesOf(await Deno.readTextFile(`${folder}/out.rejected.jsonl`));
    assertEquals(bad.map(({ line }) => line), [3, 4, 5]);
    assertEquals(bad[1].row, "3");
    assertMatch(bad[2].reason, /is not UTF-8/);
  }));

test("explain --batch as a filter answers each row before the next one comes", () =>
  withMadeModel(async (_, model) => {
    const child = explainCommand(["--batch", "-", "--model", model], {}, { stdin: "piped" })
      .spawn();
    const writer = child.stdin.getWriter();
    const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
    for (const text of ["the moon", "a ride", "the bike"]) {
      await writer.write(new TextEncoder().encode(`${JSON.stringify({ text })}\n`));
      let line = "";
      while (!line.endsWith("\n")) line += (await reader.read()).value!;
      assertEquals(JSON.parse(line).text, text);
    }
    await writer.close();
    assert((await reader.read()).done);
    await child.stderr.cancel();
    assertEquals((await child.status).code, 0);
  }));

test("explain --batch --shard cuts an input into parts that join to the whole", () =>
  withMadeModel(async (folder, model) => {
    const texts = madeTexts(53);
    await Deno.writeTextFile(`${folder}/in.jsonl`, asJsonl(texts));
    await Deno.writeTextFile(`${folder}/in.csv`, asCsv(texts));
    for (const input of ["in.jsonl", "in.csv"]) {
      const part = async (shard: string[]) => {
        const out = `${folder}/${input}.${shard.join("").replace("/", "of")}.jsonl`;
        await batch([`${folder}/${input}`, "--out", out, ...shard], model);
        return await Deno.readTextFile(out);
      };
      const whole = await part([]);
      const parts = await Promise.all(["1/3", "2/3", "3/3"].map((i) => part(["--shard", i])));
      assertEquals(parts.join(""), whole);
      assert(parts.every((text) => text.length > whole.length / 6));
    }
  }));

test("explain --batch leaves nothing behind when it cannot start", () =>
  withMadeModel(async (folder, model) => {
    await Deno.writeTextFile(`${folder}/in.jsonl`, asJsonl(madeTexts(3)));
    await Deno.writeTextFile(`${folder}/in.csv`, "id,body\n1,the moon\n");
    const args = [
      "--batch",
      `${folder}/in.jsonl`,
      "--out",
      `${folder}/out.jsonl`,
      "--model",
      model,
    ];
    const cases: [string[], number, RegExp][] = [
      [[...args, "--explainer", "lpr"], 1, /Unknown explainer "lpr"/],
      [[...args, "--target", "sci.spac"], 1, /Unknown class "sci.spac"/],
      [[...args, "--option", "eps"], 2, /--option takes name=value/],
      [["--batch", `${folder}/in.csv`, ...args.slice(2)], 1, /Unknown column "text"/],
      [["--batch", `${folder}/none.csv`, ...args.slice(2)], 1, /Cannot find the file/],
      [["--batch", `${folder}/in.jsonl`, ...args.slice(2, 4)], 1, /no trained model|Cannot find/],
    ];
    for (const [given, code, message] of cases) {
      const env = { HEATWORD_MODEL: given.includes("--model") ? "" : folder };
      const result = await runExplain(given, { env });
      assertMatch(result.stderr, message);
      assertEquals(result.code, code);
      assertEquals(namesIn(folder), ["in.csv", "in.jsonl"]);
    }
  }));

test("explain --batch never writes over its input, or where a folder is", () =>
  withMadeModel(async (folder, model) => {
    const input = `${folder}/in.jsonl`;
    await Deno.writeTextFile(input, asJsonl(madeTexts(3)));
    await Deno.mkdir(`${folder}/taken.jsonl`);
    const cases: [string[], number, RegExp][] = [
      [["--out", input], 1, /Cannot write the output over the input/],
      [["--out", `${folder}/taken.jsonl`], 1, /Cannot write ".*": it is a folder/],
      [["--out", `${input}/out.jsonl`], 1, /Cannot write ".*out.jsonl"/],
      [["--out", `${folder}/a.jsonl`, "--rejected", `${folder}/a.jsonl`], 1, /to the same file/],
      [["--out", `${folder}/a.html`], 2, /Cannot write html here/],
      [["--out", `${folder}/a.docx`], 2, /Cannot write docx here: end --out in one of jsonl, csv/],
    ];
    for (const [args, code, message] of cases) {
      const result = await runExplain(["--batch", input, "--model", model, ...args]);
      assertMatch(result.stderr, message);
      assertMatch(result.stderr, /^error: [^\n]+\n$/);
      assertEquals(result.code, code);
      assertEquals(namesIn(folder), ["in.jsonl", "taken.jsonl"]);
    }
  }));
