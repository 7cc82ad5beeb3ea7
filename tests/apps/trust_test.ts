import { saveWordCnn } from "@heatword/core/word-cnn";
import {
  assert,
  assertEquals,
  assertMatch,
  assertNotEquals,
  assertStringIncludes,
} from "@std/assert";
import { readCommandLine } from "../../apps/cli/command_line.ts";
import { trustProgram } from "../../apps/cli/programs/trust.ts";
import { judge } from "../../apps/trust/_run.ts";
import { readSettings } from "../../apps/trust/_settings.ts";
import { testPermitted } from "../_skip.ts";
import { knownWords, madeModel, withMadeModel } from "./_made_model.ts";
import { runProgram } from "./_run_program.ts";

const test = testPermitted("read", "write", "env", "run");

/** A table of texts of two sentences each; some are too long. */
const table = "text,label\n" + Array.from({ length: 14 }, (_, i) => {
  const word = (k: number) => knownWords[(7 * i + 3 * k) % knownWords.length];
  const sentence = (k: number) => `The ${word(k)} and a ${word(k + 1)} of ${word(k + 2)}.`;
  const text = `${sentence(0)} ${sentence(4)}${i > 11 ? " the road".repeat(40) : ""}`;
  return `${text},${i % 2 ? "sci.space" : "sci.med"}\n`;
}).join("");

/** Judges with settings as on a command line; what was said is returned, too. */
async function run(...args: string[]) {
  const read = readCommandLine(trustProgram, args);
  const said: string[] = [];
  const settings = readSettings(read as Exclude<typeof read, "help">);
  const outcome = await judge(settings, () => {}, (line) => said.push(line));
  return { ...outcome, said };
}

/** A file without what depends on the clock. */
const withoutTimes = async (path: string) =>
  JSON.parse(await Deno.readTextFile(path), (key, value) => key === "milliseconds" ? 0 : value);

test("trust measures own texts; the same for any number of workers, and goes on when stopped", () =>
  withMadeModel(async (folder, model) => {
    await Deno.writeTextFile(`${folder}/t.csv`, table);
    const out = `${folder}/new`;
    const args = [
      ...["--data", `${folder}/t.csv`, "--model", model, "--documents", "5", "--hybrids", "4"],
      ...["--sentences", "2", "--explainers", "lrp,occlusion,random"],
    ];
    const first = await run(...args, "--out", out, "--workers", "1");
    assertEquals(first.table.documents, 5);
    assertEquals(first.files, ["html", "json", "csv"].map((end) => `${out}/trust.${end}`));
    assertEquals(first.said, [
      "note: left out 2 of 14 texts: they do not have 2 to 60 words (--min-words, --max-words)",
    ]);
    const saved = await withoutTimes(`${out}/trust.json`);
    assertEquals(
      [saved.documents, saved.seeds, saved.rows[0].explainer, saved.rows[0].control],
      [5, 1, "lrp", false],
    );
    assertEquals(Object.keys(saved.rows[0].measures.shapley), [
      "value",
      "low",
      "high",
      "documents",
    ]);
    assertStringIncludes(await Deno.readTextFile(`${out}/trust.html`), "5 texts of t.csv");

    await run(...args, "--out", `${out}2`, "--workers", "2");
    assertEquals(await withoutTimes(`${out}2/trust.json`), saved);

    // Killed in the middle of a line.
    const lines = (await Deno.readTextFile(`${out}/measured.jsonl`)).split("\n");
    assertEquals(lines.length, 1 + 5 + 4 + 1);
    await Deno.writeTextFile(`${out}/measured.jsonl`, `${lines.slice(0, 4).join("\n")}\n{"task":`);
    const { said } = await run(...args, "--out", out, "--workers", "1");
    assertEquals(said[1], `note: 3 texts measured already, in ${out}/measured.jsonl`);
    assertEquals(await withoutTimes(`${out}/trust.json`), saved);

    // A model that was trained anew in the same place is another run.
    await saveWordCnn(model, madeModel(8));
    const anew = await run(...args, "--out", out, "--workers", "1");
    assert(anew.said.every((line) => !line.includes("already")));
    assertNotEquals(await withoutTimes(`${out}/trust.json`), saved);

    // Other settings are another run.
    const other = await run(...args, "--out", out, "--workers", "1", "--seed", "9");
    assert(other.said.every((line) => !line.includes("already")));
  }));

test("deno task trust prints a verdict a line, and what is wrong in one line", () =>
  withMadeModel(async (folder, model) => {
    await Deno.writeTextFile(`${folder}/t.csv`, table);
    const given = ["--data", `${folder}/t.csv`, "--model", model, "--out", `${folder}/o`];
    const few = ["--documents", "3", "--hybrids", "0", "--explainers", "lrp,sa"];
    const { code, stdout, stderr } = await runProgram("trust", [...given, ...few]);
    assertEquals(code, 0, stderr);
    assertMatch(
      stdout,
      /^lrp {2}unjudged {2}no truth was measured on 30 texts or more\nsa {3}unjudged .*\n\nThe table is in \S+\/trust\.html\n$/,
    );
    const saved = JSON.parse(await Deno.readTextFile(`${folder}/o/trust.json`));
    const pointing = saved.notMeasured.find((
      { measure }: { measure: string },
    ) => measure === "pointing");
    assertEquals(pointing, { measure: "pointing", why: "--hybrids 0" });
    for (
      const [args, exit, message] of [
        [["--min-words", "9", "--max-words", "8"], 2, "--min-words is above --max-words"],
        [
          ["--min-words", "400", "--max-words", "500"],
          1,
          "None of these texts has 400 to 500 words",
        ],
        [["--explainers", "lrpp"], 1, 'Unknown explainer "lrpp"'],
      ] as const
    ) {
      const { code, stdout, stderr } = await runProgram("trust", [...given, ...args]);
      assertEquals([code, stdout], [exit, ""], stderr);
      assertStringIncludes(stderr, message);
    }
  }));
