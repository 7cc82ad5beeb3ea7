import { readCommandLine } from "../../apps/cli/command_line.ts";
import { auditProgram } from "../../apps/cli/programs/audit.ts";
import { evaluateProgram } from "../../apps/cli/programs/evaluate.ts";
import { explainProgram } from "../../apps/cli/programs/explain.ts";
import { trainProgram } from "../../apps/cli/programs/train.ts";
import { trustProgram } from "../../apps/cli/programs/trust.ts";
import type { Arguments, Flags, Program } from "../../apps/cli/program.ts";
import { UsageError } from "../../apps/cli/usage_error.ts";
import { readSettings as readAuditSettings } from "../../apps/audit/_settings.ts";
import { readSettings as readEvaluateSettings } from "../../apps/evaluate/_settings.ts";
import { readSettings as readExplainSettings } from "../../apps/explain/_settings.ts";
import { labelledArguments } from "../../apps/opening/labelled_settings.ts";
import { readSettings as readTrainSettings } from "../../apps/train/_settings.ts";
import { readSettings as readTrustSettings } from "../../apps/trust/_settings.ts";
import { assert, assertEquals, assertThrows } from "@std/assert";

function given<F extends Flags>(program: Program<F>, args: readonly string[]): Arguments<F> {
  const read = readCommandLine(program, args);
  assert(read !== "help");
  return read;
}

const forTraining = (...args: string[]) => readTrainSettings(given(trainProgram, args));
const forEvaluation = (...args: string[]) => readEvaluateSettings(given(evaluateProgram, args));
const forExplaining = (...args: string[]) => readExplainSettings(given(explainProgram, args));

const form = ["--separator", "tab", "--quote", "single", "--no-header", "--encoding", "latin1"];
const readForm = { separator: "\t", quote: "'", header: false, encoding: "latin1" };

Deno.test("train, evaluate and explain take tables by the same options", () => {
  const args = [...form, "--text", "2", "--label", "1", "--id", "3"];
  const columns = { ...readForm, text: "2", label: "1", id: "3" };
  for (const read of [forTraining, forEvaluation]) {
    const { data, columns: found } = read("--data", "a.csv", ...args);
    assertEquals([data, found], ["a.csv", columns]);
  }
  const batch = forExplaining("--batch", "a.csv", ...args);
  assert("batch" in batch);
  assertEquals(batch.form, readForm);
  assertEquals([batch.textField, batch.labelField, batch.idField], ["2", "1", "3"]);
  const older = forExplaining("--batch", "a.csv", "--text-field", "body", "--id-field", "n");
  assert("batch" in older);
  assertEquals([older.textField, older.idField], ["body", "n"]);
});

Deno.test("several files are named one by one, or as a shell spells out a pattern", () => {
  const files = ["a.csv", "b.csv", "c.jsonl"];
  const spelled = ["--data", ...files];
  const repeated = files.flatMap((file) => ["--data", file]);
  for (const args of [spelled, repeated]) {
    assertEquals(forTraining(...args).data, files);
    assertEquals(forEvaluation(...args).data, files);
    const batch = forExplaining(...args.map((arg) => arg === "--data" ? "--batch" : arg));
    assertEquals("batch" in batch && batch.batch, files);
  }
  assertEquals(forTraining().data, undefined);
});

Deno.test("options that exclude each other are refused in one line", () => {
  const cases: [(...args: string[]) => unknown, string, string][] = [
    [forTraining, "a.csv", 'Cannot take the argument "a.csv": name data by --data; see --help'],
    [forEvaluation, "--split s --split-column p", "Options --split and --split-column exclude"],
    [forEvaluation, "--test-part --include-training", "Options --test-part and --include-training"],
    [forTraining, "--fields 2 --quote single", "Options --fields and --quote exclude each other"],
    [forTraining, "--separator ||", 'Option --separator cannot take "||" for a separator'],
    [forTraining, "--quote ''", "Option --quote cannot take \"''\" for a quote"],
    [forTraining, "--fields 0", "Option --fields takes a whole number from 1"],
    [forExplaining, "text --no-header", "Option --no-header is for --batch"],
    [forExplaining, "text --text body", "Option --text is for --batch"],
    [forExplaining, "one two", 'Cannot take the argument "two"; see --help'],
    [forExplaining, "--batch a.csv text", "Give one input, not several"],
    [forExplaining, "--batch a.csv --batch -", "Option --batch takes standard input alone"],
  ];
  for (const [read, args, message] of cases) {
    const error = assertThrows(() => read(...args.split(" ")), UsageError, message);
    assert(!error.message.includes("\n"));
  }
});

Deno.test("no message prints an article that was given for an argument", () => {
  const article = "The-shuttle-reached-its-orbit.".repeat(50);
  for (const read of [forTraining, (...args: string[]) => forExplaining("text", ...args)]) {
    const { message } = assertThrows(() => read(article), UsageError);
    assert(message.length < 150, message);
  }
});

/** A word without the quotes and backslashes by which a shell takes it as it is. */
const asShellReads = (word: string) => word.replaceAll(/'([^']*)'|\\(.)/gs, "$1$2");

Deno.test("the command of a report reads the same data again", () => {
  for (
    const args of [
      ["--data", "a b.csv", "--data", "c.csv", ...form, "--text", "2", "--split-column", "part"],
      ["--data", "t", "--fields", "2", "--separator", "space", "--split", "s.json"],
      ["--data", "t.csv", "--quote", "none", "--label", "$x `y` it's"],
    ]
  ) {
    const { data, columns } = forEvaluation(...args);
    const words = labelledArguments({ data: data!, columns }).flatMap((option) => {
      const [, name, value] = /^(\S+) ?(.*)$/s.exec(option)!;
      return value === "" ? [name!] : [name!, asShellReads(value!)];
    });
    const again = forEvaluation(...words);
    assertEquals([again.data, again.columns], [data, columns]);
  }
});

Deno.test("--data newsgroups is the corpus of the paper for trust and audit, a file is a file", () => {
  for (const [data, expected] of [["newsgroups", undefined], ["own.csv", "own.csv"]] as const) {
    assertEquals(readTrustSettings(given(trustProgram, ["--data", data])).data, expected);
    assertEquals(readAuditSettings(given(auditProgram, ["--data", data])).data, expected);
  }
});

Deno.test("trust refuses to train several models anew", () => {
  const args = given(trustProgram, ["--model", "a", "--model", "b", "--word-dropout", "0"]);
  assertThrows(
    () => readTrustSettings(args),
    UsageError,
    "Options --word-dropout and several --model exclude each other",
  );
});
