import { assert, assertEquals, assertMatch } from "@std/assert";
import { parse } from "@std/csv";
import { DOMParser } from "linkedom";
import { madeModelFolder } from "../_made_model.ts";
import { runExplain } from "../_run_explain.ts";
import { postExplain, withServer } from "../serve/_server.ts";
import { testPermitted } from "../../_skip.ts";

const test = testPermitted("read", "write", "env", "run");

const text = "a moon ride with the doctor";
const names = [
  "predicted",
  "all",
  "runner-up",
  "x-vs-y",
  "a, b",
  " sp ",
  "<img src=x onerror=alert(1)>&\"'",
  "__proto__",
  "10",
  "2",
  "\x1b[31mred",
  "--help",
  "=1+1",
];

/** Runs with a model whose classes have these names. */
async function withNames(run: (args: string[], folder: string) => Promise<void>): Promise<void> {
  const folder = await madeModelFolder(names);
  try {
    await run([text, "--model", folder], folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

test("explain takes every name of a class, once and again, and by default none", () =>
  withNames(async (args) => {
    const given = names.map((name) => `--target=${name}`);
    const { stdout } = await runExplain([...args, ...given, "--format", "jsonl"]);
    const lines = stdout.trimEnd().split("\n").map((line) => JSON.parse(line));
    assertEquals(lines.map(({ target }) => target), names);
    const { scores } = lines[0];
    assertEquals(new Set(Object.keys(scores)), new Set(names));
    lines.forEach(({ score }, c) => {
      assertEquals(score, Object.getOwnPropertyDescriptor(scores, names[c]!)!.value);
    });
    const best = names.reduce((a, b) =>
      Object.getOwnPropertyDescriptor(scores, b)!.value >
          Object.getOwnPropertyDescriptor(scores, a)!.value
        ? b
        : a
    );
    const plain = JSON.parse((await runExplain([...args, "--format", "json"])).stdout);
    assertEquals([plain.target, plain.predicted], [best, best]);
    const all = await runExplain([...args, "--target", "@all", "--format", "jsonl"]);
    assertEquals(all.stdout, stdout);
    const contrast = await runExplain([...args, "--target", "x-vs-y-vs-a, b", "--format", "json"]);
    const { target, score } = JSON.parse(contrast.stdout);
    assertEquals([target, score], ["x-vs-y-vs-a, b", scores["x-vs-y"] - scores["a, b"]]);
    const terminal = await runExplain([...args, "--target", "x-vs-y-vs-a, b"]);
    assertMatch(terminal.stdout, /^lrp: why x-vs-y and not a, b\n/);
  }));

test("no name of a class is markup, a control sequence or a second field", () =>
  withNames(async (args) => {
    const run = async (format: string) =>
      (await runExplain([...args, "--target", "@all", "--format", format])).stdout;
    const html = new DOMParser().parseFromString(await run("html"), "text/html");
    assertEquals(html.querySelectorAll("img, script").length, 0);
    const titles = [...html.querySelectorAll("h2")].map((title) => title.textContent);
    const shown = names.map((name) => name.replace("\x1b", "␛"));
    assertEquals(titles, shown.map((name) => `lrp: why ${name}`));
    const svg = await run("svg");
    const picture = new DOMParser().parseFromString(svg, "image/svg+xml");
    assertEquals(picture.querySelectorAll("img, script").length, 0);
    assert(svg.includes("&lt;img src=x onerror=alert(1)&gt;&amp;"));
    const rows = parse(await run("csv"), { skipFirstRow: true });
    assertEquals([...new Set(rows.map(({ target }) => target))], names);
    const terminal = await run("terminal");
    assert(!terminal.includes("\x1b") && terminal.includes("␛[31mred"));
  }));

test("a batch and its workers take every name of a class", () =>
  withNames(async ([, ...model], folder) => {
    const input = `${folder}/in.jsonl`;
    await Deno.writeTextFile(input, `${JSON.stringify({ text })}\n`.repeat(3));
    const run = (...args: string[]) =>
      runExplain(["--batch", input, ...model, "--workers", "2", ...args]);
    for (const format of ["jsonl", "csv"]) {
      const { code, stdout } = await run("--format", format, "--target", "x-vs-y,@predicted, sp ");
      assertEquals(code, 0);
      const targets: string[] = format === "csv"
        ? parse(stdout, { skipFirstRow: true }).map((row) => row.target!)
        : stdout.trimEnd().split("\n").flatMap((line) =>
          JSON.parse(line).explanations.map((one: { target: string }) => one.target)
        );
      assertEquals(targets.length, 9);
      for (let i = 0; i < 9; i += 3) {
        assertEquals([targets[i], targets[i + 2]], ["x-vs-y", " sp "]);
      }
    }
    const wrong = await run("--target", "x,,y");
    assertEquals(wrong.code, 2);
    assertMatch(wrong.stderr, /takes names with commas between/);
  }));

test("POST /api/explain takes every name of a class, and by default none", () =>
  withNames(async (_, model) => {
    await withServer(async (url) => {
      const ask = async (target?: unknown) =>
        await (await postExplain(url, { text, target })).json();
      for (const name of names) assertEquals((await ask(name)).target, name);
      const { predicted } = await ask();
      assertEquals((await ask()).target, predicted);
      assertEquals((await ask(null)).target, predicted);
      assertEquals((await ask("@predicted")).target, predicted);
      const contrast = await ask('"a, b"-vs-x-vs-y');
      assertEquals(contrast.target, "a, b-vs-x-vs-y");
      assertMatch((await ask("@all")).detail, /one class at a time/);
      assertMatch((await ask("a, b,x-vs-y")).detail, /Unknown class "a, b,x"/);
    }, { model });
  }));
