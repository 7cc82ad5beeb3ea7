import { assert, assertEquals, assertMatch } from "@std/assert";
import { withMadeModel } from "../_made_model.ts";
import { runExplain } from "../_run_explain.ts";
import { asJsonl, madeTexts } from "./_rows_made.ts";
import { contentsBelow } from "../../_in_folder.ts";
import { testPermitted } from "../../_skip.ts";

const test = testPermitted("read", "write", "env", "run");

test("explain overwrites nothing that it reads, by whatever name", () =>
  withMadeModel(async (folder, model) => {
    const rows = asJsonl(madeTexts(3));
    for (const name of ["a.jsonl", "a.rejected.jsonl", "b.jsonl.partial", "b.jsonl.journal"]) {
      await Deno.writeTextFile(`${folder}/${name}`, rows);
    }
    await Deno.writeTextFile(
      `${folder}/mine.ts`,
      `export default {
        name: "mine",
        description: "Finds nothing",
        citation: "none",
        tags: { needs: "scores", signed: false, conserves: false, stochastic: false },
        options: {},
        explain: ({ input, targets }) =>
          targets.map(() => ({ score: 0, words: new Float64Array(input.length) })),
      };`,
    );
    await Deno.mkdir(`${folder}/texts`);
    await Deno.writeTextFile(`${folder}/texts/one`, "the moon");
    await Deno.writeTextFile(`${folder}/foreign.rejected.jsonl`, '{"line": 1}\n');
    await Deno.symlink(`${folder}/a.jsonl`, `${folder}/link.jsonl`);
    await Deno.link(`${folder}/a.jsonl`, `${folder}/c.jsonl.partial`);
    const before = await contentsBelow(folder);
    const modelBefore = await contentsBelow(model);
    const at = (name: string) => `${folder}/${name}`;
    const a = ["--batch", at("a.jsonl")];
    const cases: string[][] = [
      ["--file", at("a.jsonl"), "--out", at("a.jsonl")],
      ["--file", at("a.jsonl"), "--out", at("link.jsonl")],
      ["a text", "--plugin", at("mine.ts"), "--out", at("mine.ts"), "--format", "json"],
      ["a text", "--out", `${model}/model.json`],
      [...a, "--rejected", at("a.jsonl")],
      [...a, "--rejected", at("a.jsonl"), "--out", at("out.jsonl")],
      [...a, "--rejected", at("link.jsonl"), "--out", at("out.jsonl")],
      [...a, "--plugin", at("mine.ts"), "--out", at("mine.ts"), "--format", "jsonl"],
      ["--batch", at("a.rejected.jsonl"), "--out", at("a.jsonl")],
      ["--batch", at("link.jsonl"), "--out", at("a.jsonl")],
      ["--batch", at("texts"), "--out", at("texts/one"), "--format", "jsonl"],
      // Files that nobody named, which are of other programs.
      [...a, "--out", at("b.jsonl")],
      [...a, "--out", at("c.jsonl")],
      [...a, "--out", at("foreign.jsonl")],
    ];
    for (const args of cases) {
      const { code, stderr } = await runExplain([...args, "--model", model]);
      assertMatch(stderr, /^error: Cannot write [^\n]+\n$/, args.join(" "));
      assertEquals(code, 1);
      assertEquals(await contentsBelow(folder), before, args.join(" "));
    }
    assertEquals(await contentsBelow(model), modelBefore);
  }));

test("explain --batch removes no file of others where there are no bad rows", () =>
  withMadeModel(async (folder, model) => {
    await Deno.writeTextFile(`${folder}/in.jsonl`, asJsonl(madeTexts(2)));
    await Deno.writeTextFile(`${folder}/notes.txt`, "mine");
    const stale = '{"line":7,"reason":"Not JSON","row":"x"}\n';
    await Deno.writeTextFile(`${folder}/out.rejected.jsonl`, stale);
    const args = ["--batch", `${folder}/in.jsonl`, "--out", `${folder}/out.jsonl`];
    const named = [...args, "--rejected", `${folder}/notes.txt`, "--model", model];
    assertEquals((await runExplain(named)).code, 0);
    assertEquals(await Deno.readTextFile(`${folder}/notes.txt`), "mine");
    // A list that an earlier run wrote would be taken for one of this run.
    assertEquals((await runExplain([...args, "--model", model])).code, 0);
    assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name).sort(), [
      "in.jsonl",
      "notes.txt",
      "out.jsonl",
    ]);
  }));

test("explain --batch of a folder does not explain what it writes there", () =>
  withMadeModel(async (folder, model) => {
    for (const name of ["a", "b", "z"]) await Deno.writeTextFile(`${folder}/${name}`, "the moon");
    await Deno.symlink(`${folder}/a`, `${folder}/link`);
    const args = ["--batch", folder, "--out", `${folder}/m.jsonl`, "--model", model];
    // What an interrupted run left there.
    await Deno.writeTextFile(`${folder}/m.jsonl.journal`, '{"heatword":2,"run":"x"}\n');
    for (const name of ["m.jsonl.partial", "m.rejected.jsonl.partial", "m.jsonl"]) {
      await Deno.writeTextFile(`${folder}/${name}`, "half a li");
    }
    assertEquals((await runExplain(args)).code, 0);
    const ids = (await Deno.readTextFile(`${folder}/m.jsonl`)).trimEnd().split("\n").map((line) =>
      JSON.parse(line).id
    );
    assertEquals(ids, ["a", "b", "z"]);
    const [link] = (await Deno.readTextFile(`${folder}/m.rejected.jsonl`)).trimEnd().split("\n");
    assertEquals(JSON.parse(link!), {
      line: 3,
      reason: "It is not a file, but a link, a pipe or a device",
      row: `${folder}/link`,
    });
    // Now it is a file of the folder like others.
    const again = await runExplain(args);
    assertMatch(again.stderr, /^error: Cannot write the output over the input/);
  }));

test("explain refuses pipes, folders and devices where files should be", () =>
  withMadeModel(async (folder, model) => {
    const pipe = async (path: string) => {
      const { success } = await new Deno.Command("mkfifo", { args: [path] }).output();
      assert(success);
    };
    await pipe(`${folder}/in.jsonl`);
    const cases: [string[], RegExp][] = [
      [["--batch", `${folder}/in.jsonl`, "--model", model], /in.jsonl": it is a named pipe/],
      [["a", "--plugin", `${folder}/in.jsonl`, "--model", model], /it is not a file/],
      [["--batch", "/dev/null", "--model", model], /it is a device/],
    ];
    const names = [...Deno.readDirSync(model)].map(({ name }) => name);
    for (const name of names) {
      for (const kind of ["pipe", "folder"]) {
        const copy = `${folder}/${kind}-of-${name}`;
        await Deno.mkdir(copy);
        for (const other of names) await Deno.copyFile(`${model}/${other}`, `${copy}/${other}`);
        await Deno.remove(`${copy}/${name}`);
        if (kind === "pipe") await pipe(`${copy}/${name}`);
        else await Deno.mkdir(`${copy}/${name}`);
        const what = kind === "pipe" ? "a named pipe" : "a folder";
        cases.push([
          ["a text", "--model", copy],
          new RegExp(`${name}": it is ${what}, not a file`),
        ]);
      }
    }
    for (const [args, message] of cases) {
      const { code, stderr } = await runExplain(args);
      assertMatch(stderr, message);
      assertMatch(stderr, /^error: [^\n]+\n$/);
      assertEquals(code, 1);
    }
  }));
