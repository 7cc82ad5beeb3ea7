import { assertEquals, assertMatch } from "@std/assert";
import { writeAtlas } from "../../apps/_atlas.ts";
import { end } from "../../apps/cli/at_end.ts";
import { evaluate } from "../../apps/evaluate/_run.ts";
import { testPermitted } from "../_skip.ts";
import { explainCommand } from "./_run_explain.ts";
import { runProgram, type RunResult } from "./_run_program.ts";

const isUnix = Deno.build.os !== "windows";
const test = isUnix ? testPermitted("read", "write", "env", "run", "net") : Deno.test.ignore;

/**
 * A program that writes down its process and every question, and ends neither with its input nor by
 * Ctrl-C; `then` is what it does with a question, the `n`th.
 */
function stubborn(folder: string, then: string): string {
  return `command: sh -c 'trap "" INT; echo $$ >> ${folder}/log; n=0; while :; do ` +
    `if read -r line; then n=$((n+1)); echo "$line" >> ${folder}/asked; ${then}; ` +
    "else sleep 0.05; fi; done'";
}

/** Answers every question about one text. */
const answer = 'echo "{\\"classes\\":[\\"a\\",\\"b\\"],\\"scores\\":[[2,1]]}"';

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "heatword-life-" });
  try {
    await work(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Waits until a file has something in it. */
async function filled(path: string): Promise<void> {
  while (!await Deno.readTextFile(path).then((text) => text !== "", () => false)) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The processes that were started, each with whether it is still there. */
async function started(folder: string): Promise<boolean[]> {
  const processes = (await Deno.readTextFile(`${folder}/log`)).trim().split("\n");
  return await Promise.all(processes.map(async (process) => {
    const { success } = await new Deno.Command("kill", { args: ["-0", process], stderr: "null" })
      .output();
    return success;
  }));
}

/** One process was started, and is gone. */
const once = [false];

const row = (label: string) => `${JSON.stringify({ text: "word", label })}\n`;

test("evaluate and atlas start the program of a model once, and end it", async (t) => {
  const common = { columns: {}, plugins: [], data: "" };
  const works: Record<string, (given: { model: string; out: string }) => Promise<unknown>> = {
    evaluate: (given) =>
      evaluate(
        {
          ...common,
          ...given,
          data: `${given.out}.jsonl`,
          testPart: false,
          deletion: { minLength: 1, deletions: 1, runs: 1 },
          seed: 0,
          workers: 2,
        },
        () => {},
        () => {},
      ),
    atlas: (given) =>
      writeAtlas({
        ...common,
        ...given,
        data: `${given.out}.jsonl`,
        corpus: "all",
        words: 1,
        minDocuments: 1,
        examples: 0,
        ngrams: 1,
      }),
  };
  for (const [name, work] of Object.entries(works)) {
    await t.step(name, () =>
      inFolder(async (folder) => {
        await Deno.writeTextFile(`${folder}/out.jsonl`, row("a") + row("b"));
        try {
          await work({ model: stubborn(folder, answer), out: `${folder}/out` });
        } finally {
          await end();
        }
        assertEquals(await started(folder), once);
      }));
  }
});

test("check-model ends the program of a model that fails", () =>
  inFolder(async (folder) => {
    const model = stubborn(folder, answer);
    const { code, stdout } = await runProgram("check-model", [model], { permissions: ["-A"] });
    assertEquals(code, 1);
    // It answers any number of texts with one row.
    assertMatch(stdout, /gave 1 rows of scores for \d+ texts/);
    assertEquals(await started(folder), once);
  }));

/** Runs explain until the program was asked for the nth time, then sends a signal. */
async function interrupted(
  folder: string,
  args: readonly string[],
  signal: Deno.Signal,
): Promise<RunResult["code"]> {
  const quiet = { stdout: "null", stderr: "null" } as const;
  const child = explainCommand(args, {}, quiet, ["--allow-run"]).spawn();
  await filled(`${folder}/hangs`);
  child.kill(signal);
  return (await child.status).code;
}

test("a signal ends the program of a model too, at once", async (t) => {
  const hang = (folder: string, from: number) =>
    `if [ $n -ge ${from} ]; then echo >> ${folder}/hangs; sleep 1000; else ${answer}; fi`;
  const cases: [name: string, from: number, signal: Deno.Signal, code: number, batch: boolean][] = [
    ["while it is opened", 1, "SIGTERM", 143, false],
    ["in the middle of a batch", 3, "SIGINT", 130, true],
  ];
  for (const [name, from, signal, code, isBatch] of cases) {
    await t.step(name, () =>
      inFolder(async (folder) => {
        await Deno.writeTextFile(`${folder}/texts.jsonl`, row("a").repeat(3));
        const input = isBatch ? ["--batch", `${folder}/texts.jsonl`] : ["word"];
        const args = [...input, "--model", stubborn(folder, hang(folder, from))];
        const given = isBatch ? [...args, "--out", `${folder}/out.jsonl`] : args;
        assertEquals(await interrupted(folder, given, signal), code);
        assertEquals(await started(folder), once);
      }));
  }
});
