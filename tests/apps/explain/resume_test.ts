import { Random } from "@heatword/core";
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { parquetReadObjects } from "hyparquet";
import { saidBy } from "../../_said.ts";
import { namesIn } from "../../_in_folder.ts";
import { withMadeModel } from "../_made_model.ts";
import { explainCommand, runExplain } from "../_run_explain.ts";
import { root } from "../_run_program.ts";
import { asJsonl, madeTexts } from "./_rows_made.ts";
import { testPermitted } from "../../_skip.ts";

const test = testPermitted("read", "write", "env", "run");

const kills = 4;

function sizeOf(path: string): number {
  try {
    return Deno.statSync(path).size;
  } catch {
    return 0;
  }
}

/** Whether a journal has a checkpoint behind the first row. */
function hasCheckpoint(journal: string): boolean {
  try {
    return /"rows":[1-9].*\n/.test(Deno.readTextFileSync(journal));
  } catch {
    return false;
  }
}

/**
 * Runs to the end, or kills the run as soon as its unfinished output is longer than `max` bytes.
 *
 * @returns Whether it was killed, and how long the unfinished output was when last seen.
 */
async function runUpTo(
  args: readonly string[],
  out: string,
  max: number,
): Promise<{ killed: boolean; bytes: number }> {
  const child = explainCommand(args, {}, { stdout: "null", stderr: "null" }).spawn();
  let bytes = 0;
  let ended = false;
  const status = child.status.finally(() => ended = true);
  while (!ended) {
    const size = sizeOf(`${out}.partial`);
    bytes = Math.max(bytes, size);
    if (size > max) {
      try {
        child.kill("SIGKILL");
      } catch {
        // It came to its end just now.
      }
      break;
    }
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  return { killed: (await status).signal === "SIGKILL", bytes };
}

/** An input of good and bad rows that takes a few seconds. */
async function writeInput(folder: string, count: number): Promise<string> {
  const rows = asJsonl(madeTexts(count)).split("\n").flatMap((row, i) =>
    i % 9 ? [row] : [row, "bad"]
  );
  await Deno.writeTextFile(`${folder}/in.jsonl`, rows.join("\n"));
  return `${folder}/in.jsonl`;
}

for (const [ending, count] of [["jsonl", 2500], ["csv", 1000], ["parquet", 1000]] as const) {
  test(`explain --batch to ${ending}, killed at any moment, goes on as if undisturbed`, () =>
    withMadeModel(async (folder, model) => {
      const input = await writeInput(folder, count);
      const args = (name: string, workers: number) => [
        ...["--batch", input, "--out", `${folder}/${name}.${ending}`, "--model", model],
        ...["--target", "all", "--workers", String(workers)],
      ];
      const { bytes } = await runUpTo(args("whole", 2), `${folder}/whole.${ending}`, Infinity);
      const random = new Random(11);
      let killed = 0;
      for (let i = 0; i < kills; i++) {
        const max = bytes * random.uniform() * 0.8;
        const run = await runUpTo(args("part", 1 + i % 3), `${folder}/part.${ending}`, max);
        if (!run.killed) break;
        killed++;
        // Until all is done there is no output that could be taken for the whole one.
        assert(!namesIn(folder).includes(`part.${ending}`));
      }
      assert(killed > 0);
      assertEquals((await runExplain(args("part", 2))).code, 0);
      const read = (name: string) => Deno.readFile(`${folder}/${name}`);
      assertEquals(await read(`part.${ending}`), await read(`whole.${ending}`));
      assertEquals(await read("part.rejected.jsonl"), await read("whole.rejected.jsonl"));
      const names = ["part", "whole"].flatMap((
        name,
      ) => [`${name}.${ending}`, `${name}.rejected.jsonl`]);
      assertEquals(namesIn(folder), ["in.jsonl", ...names].sort());
      if (ending === "parquet") {
        const file = (await read("part.parquet")).buffer as ArrayBuffer;
        assertEquals((await parquetReadObjects({ file, columns: ["id"] })).length, 3 * count);
      }
    }));
}

test("explain --batch starts over when its input or its settings changed", () =>
  withMadeModel(async (folder, model) => {
    const input = await writeInput(folder, 4000);
    const args = ["--batch", input, "--out", `${folder}/out.jsonl`, "--model", model];
    assert((await runUpTo(args, `${folder}/out.jsonl`, 100_000)).killed);
    const other = [...args, "--explainer", "sa"];
    const { stderr } = await runExplain(other);
    assertStringIncludes(stderr, "Explained 4,000 of 4,445 rows; 445 rejected");
    const text = await Deno.readTextFile(`${folder}/out.jsonl`);
    assertEquals(text.trimEnd().split("\n").length, 4000);
    assert(!text.includes('"explainer":"lrp"'));
  }));

test("explain --batch starts over when another content has the same size and time", () =>
  withMadeModel(async (folder, model) => {
    const input = await writeInput(folder, 1500);
    const { mtime } = await Deno.stat(input);
    const args = ["--batch", input, "--out", `${folder}/out.jsonl`, "--model", model];
    assert((await runUpTo(args, `${folder}/out.jsonl`, 100_000)).killed);
    const changed = (await Deno.readTextFile(input)).replace('"id":0,', '"id":7,');
    await Deno.writeTextFile(input, changed);
    await Deno.utime(input, mtime!, mtime!);
    const { stderr } = await runExplain(args);
    assert(!stderr.includes("by an earlier run"), stderr);
    const [first] = (await Deno.readTextFile(`${folder}/out.jsonl`)).split("\n");
    assertEquals(JSON.parse(first!).id, 7);
  }));

test("explain --batch goes on when its input was only touched", () =>
  withMadeModel(async (folder, model) => {
    const input = await writeInput(folder, 1500);
    const args = ["--batch", input, "--out", `${folder}/out.jsonl`, "--model", model];
    assert((await runUpTo(args, `${folder}/out.jsonl`, 200_000)).killed);
    await Deno.utime(input, 5, 5);
    assertMatch((await runExplain(args)).stderr, /by an earlier run/);
  }));

test("explain --batch from standard input leaves nothing when it is stopped", () =>
  withMadeModel(async (folder, model) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      const args = ["--batch", "-", "--out", `${folder}/out.jsonl`, "--model", model];
      const child = explainCommand(args, {}, { stdin: "piped" }).spawn();
      const writer = child.stdin.getWriter();
      await writer.write(new TextEncoder().encode(asJsonl(madeTexts(40))));
      const written = () => namesIn(folder).some((name) => sizeOf(`${folder}/${name}`) > 1000);
      while (!written()) await new Promise((resolve) => setTimeout(resolve, 10));
      assert(namesIn(folder).every((name) => !/partial|journal/.test(name)));
      child.kill(signal);
      await writer.close().catch(() => {});
      const { code, stderr } = await child.output();
      assertEquals(code, signal === "SIGINT" ? 130 : 143);
      assert(!new TextDecoder().decode(stderr).includes("goes on"));
      assertEquals(namesIn(folder), []);
    }
    const stdin = asJsonl(madeTexts(3)) + "bad\n";
    const args = ["--batch", "-", "--out", `${folder}/out.parquet`, "--model", model];
    assertEquals((await runExplain(args, { stdin })).code, 0);
    assertEquals(namesIn(folder), ["out.parquet", "out.rejected.jsonl"]);
    // An explainer that is not there is found out when files are open already.
    const none = ["--batch", "-", "--out", `${folder}/b.jsonl`, "--explainer", "none"];
    assertEquals((await runExplain([...none, "--model", model], { stdin })).code, 1);
    assertEquals(namesIn(folder), ["out.parquet", "out.rejected.jsonl"]);
  }));

test("a full disk names the file", () =>
  withMadeModel(async (folder, model) => {
    const input = await writeInput(folder, 20);
    const script = `${root}apps/explain.ts`;
    // Deno lets only programs that may do all write to this device.
    const { code, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", script, "--batch", input, "--model", model, "--rejected", "/dev/full"],
      stdout: "null",
    }).output();
    const full = 'Cannot write "/dev/full": no space left on device\n';
    assertEquals([code, new TextDecoder().decode(stderr)], [1, `error: ${full}`]);
    const unseen = { unseen_starts: [], unseen_ends: [], unseen_reasons: [] };
    const words = { tokens: [], starts: [], ends: [], relevance: [], unknown: [] };
    const lists = { scores: {}, ...words, ...unseen };
    const names = ["explainer", "target", "predicted", "text"].map((name) => [name, "moon"]);
    const record = { ...Object.fromEntries(names), ...lists, score: 1, truncated: 0 };
    await Deno.writeTextFile(`${folder}/records`, `${JSON.stringify(record)}\n`);
    const program = `
      import { writeParquet } from ${JSON.stringify(`file://${root}eval/batch/_parquet.ts`)};
      const from = ${JSON.stringify(`${folder}/records`)};
      await writeParquet(from, "/dev/full", [], () => {}).catch((e) => console.log(e.message));`;
    await Deno.writeTextFile(`${folder}/write.ts`, program);
    const config = ["--config", `${root}deno.json`, "--no-check"];
    const { stdout } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", ...config, `${folder}/write.ts`],
    }).output();
    assertEquals(new TextDecoder().decode(stdout), full);
  }));

test("explain --batch finishes what was killed between its last row and its last rename", () =>
  withMadeModel(async (folder, model) => {
    const input = await writeInput(folder, 20);
    const args = ["--batch", input, "--out", `${folder}/out.jsonl`, "--model", model];
    assertEquals((await runExplain(args)).code, 0);
    const output = await Deno.readTextFile(`${folder}/out.jsonl`);
    // A folder in the place of the rejected rows stops a run at its first rename.
    await Deno.mkdir(`${folder}/blocked.rejected.jsonl`);
    const blocked = ["--batch", input, "--out", `${folder}/blocked.jsonl`, "--model", model];
    assertEquals((await runExplain(blocked)).code, 1);
    assert(namesIn(folder).includes("blocked.jsonl.journal"));
    await Deno.remove(`${folder}/blocked.rejected.jsonl`);
    const { code, stderr } = await runExplain(blocked);
    assertEquals(code, 0);
    assertMatch(stderr, /23 of them by an earlier run/);
    assertEquals(await Deno.readTextFile(`${folder}/blocked.jsonl`), output);
    assertEquals(namesIn(folder), [
      "blocked.jsonl",
      "blocked.rejected.jsonl",
      "in.jsonl",
      "out.jsonl",
      "out.rejected.jsonl",
    ]);
  }));

test("explain --batch refuses an output that another process is writing", () =>
  withMadeModel(async (folder, model) => {
    const input = await writeInput(folder, 4000);
    const args = ["--batch", input, "--out", `${folder}/out.jsonl`, "--model", model];
    const child = explainCommand(args, {}, { stdout: "null", stderr: "null" }).spawn();
    while (!namesIn(folder).includes("out.jsonl.journal")) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    const { code, stderr } = await runExplain(args);
    assertEquals(code, 1);
    assertMatch(stderr, /^error: Another process is writing this output/);
    assertEquals((await child.status).code, 0);
  }));

test("explain --batch, interrupted, says that it can go on", () =>
  withMadeModel(async (folder, model) => {
    const input = await writeInput(folder, 6000);
    const args = ["--batch", input, "--out", `${folder}/out.jsonl`, "--model", model];
    const child = explainCommand(args).spawn();
    while (!hasCheckpoint(`${folder}/out.jsonl.journal`)) {
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    child.kill("SIGINT");
    const { code, stderr } = await child.output();
    assertEquals(code, 130);
    assertMatch(
      saidBy(stderr),
      /Interrupted: the same command goes on from here/,
    );
    const resumed = await runExplain(args);
    assertMatch(resumed.stderr, /Explained 6,000 of 6,667 rows; [\d,]+ of them by an earlier run/);
  }));
