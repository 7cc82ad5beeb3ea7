import { openReader } from "@heatword/core";
import { saveLinear, trainLinear } from "@heatword/core/linear";
import { TrainingRows } from "@heatword/datasets/corpus";
import "@heatword/datasets/tokenizers";
import { stringify } from "@std/csv";
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { readCommandLine } from "../../apps/cli/command_line.ts";
import { assertProgram } from "../../apps/cli/programs/assert.ts";
import { auditProgram } from "../../apps/cli/programs/audit.ts";
import { diffProgram } from "../../apps/cli/programs/diff.ts";
import { assertRules } from "../../apps/assert/_run.ts";
import { readAssertSettings } from "../../apps/assert/_settings.ts";
import { compareModels } from "../../apps/diff/_run.ts";
import { readDiffSettings } from "../../apps/diff/_settings.ts";
import { auditModel } from "../../apps/audit/_run.ts";
import { readSettings } from "../../apps/audit/_settings.ts";
import { leakyTickets, tickets } from "../docs/_tickets.ts";
import { inFolder } from "../_in_folder.ts";
import { testPermitted } from "../_skip.ts";
import { runProgram } from "./_run_program.ts";

const test = testPermitted("read", "write", "env", "run");

type Rows = readonly { readonly text: string; readonly label: string }[];

async function saveTrained(folder: string, rows: Rows): Promise<void> {
  const classes = ["billing", "delivery", "login"];
  const reader = await openReader({ tokenizer: "unicode", options: {} });
  const documents = rows.map(({ text, label }) => ({
    label: classes.indexOf(label),
    words: reader.read(text).tokens.map(({ text }) => text),
  }));
  const features = ["words"] as const;
  await saveLinear(folder, trainLinear({ documents, classes, features, cost: 30, reader }));
}

/** A folder with a model that learned from a leak, one that did not, and the tables. */
function withModels(act: (folder: string) => Promise<void>): Promise<void> {
  return inFolder(async (folder) => {
    for (const [name, rows] of [["leaky", leakyTickets()], ["clean", tickets()]] as const) {
      await saveTrained(`${folder}/${name}`, rows);
      await Deno.writeTextFile(
        `${folder}/${name}.csv`,
        stringify(rows, { columns: ["text", "label"] }),
      );
    }
    await act(folder);
  });
}

const given = <T>(read: T) => read as Exclude<T, "help">;

async function audited(...args: string[]) {
  const settings = readSettings(given(readCommandLine(auditProgram, args)));
  const said: string[] = [];
  const { audit, files } = await auditModel(settings, () => {}, (line) => said.push(line));
  return { audit, files, said, json: await Deno.readTextFile(`${settings.out}/audit.json`) };
}

test("an audit puts the leak first, and none of the words of clean texts above the threshold", () =>
  withModels(async (folder) => {
    const few = ["--candidates", "30", "--insertions", "20", "--findings", "5"];
    const args = ["--model", `${folder}/leaky`, "--data", `${folder}/leaky.csv`, ...few];
    const out = `${folder}/out`;
    const { audit, files, json } = await audited(...args, "--out", out, "--workers", "1");
    assertEquals(files, ["html", "json", "csv"].map((end) => `${out}/audit.${end}`));
    const [first] = audit.findings;
    const { rank, kind, what, documents, ofClass } = first!;
    assertEquals(
      { rank, kind, what, class: first!.class, documents, ofClass },
      {
        rank: 1,
        kind: "token",
        what: "zendesk7",
        class: "billing",
        documents: 22,
        ofClass: 22,
      },
    );
    assertEquals(first!.low < first!.mass && first!.mass < first!.high, true);
    assertEquals(first!.mass > 0.02 && first!.mass < 0.1, true);
    const [, , third] = audit.findings;
    assertEquals(first!.suspicion.total > third!.suspicion.total + 1, true);
    assertEquals(audit.documents, 300);
    assertEquals(
      audit.groups.find(({ what }) => what === "code")?.documents,
      22,
    );
    assertMatch(
      await Deno.readTextFile(`${out}/audit.csv`),
      /^rank,kind,what,class,suspicion,alarm,mass,low,high,documents,/,
    );
    const html = await Deno.readTextFile(`${out}/audit.html`);
    assertStringIncludes(html, "<strong>zendesk7</strong>");
    assertEquals(/<script|src=|href=/.test(html), false);

    // What was left out is counted; features that are tried are findings, unseen or not told.
    const { left, findings } = audit;
    assertEquals(left.unseen + left.untold + findings.length, 30);
    assertEquals(left.notTried > 0, true);
    assertEquals([left.fewTexts, left.notClustered], [[], []]);
    const untried = `${left.notTried.toLocaleString("en")} features of less suspicion</li>`;
    assertStringIncludes(html, `<li>not tried on the model (--candidates): ${untried}`);

    // The same bytes for any number of workers, and from where it was stopped.
    assertEquals((await audited(...args, "--out", `${out}2`, "--workers", "2")).json, json);
    const asked = await Deno.readTextFile(`${out}/asked.jsonl`);
    await Deno.writeTextFile(
      `${out}/asked.jsonl`,
      `${asked.split("\n").slice(0, 31).join("\n")}\n{"task":`,
    );
    const again = await audited(...args, "--out", out, "--workers", "1");
    assertEquals(again.said, [`note: 30 tasks done already, in ${out}/asked.jsonl`]);
    assertEquals(again.json, json);

    const clean = ["--model", `${folder}/clean`, "--data", `${folder}/clean.csv`, ...few];
    const { audit: quiet } = await audited(...clean, "--out", `${out}3`);
    assertEquals(quiet.findings.filter(({ alarm }) => alarm), []);
  }));

test("assert tells which rules fail, and diff what a leak changed", () =>
  withModels(async (folder) => {
    const rules = [
      { check: "relevance", tokens: ["zendesk7"], below: 0.01, name: "no desk" },
      { check: "flips", group: "code", below: 0.05 },
      { check: "speaks", word: "Refund", class: "billing", atLeast: 0.8 },
      { check: "speaks", word: "unheard", class: "billing", atLeast: 0.8 },
      { check: "accuracy", atLeast: 0.9 },
    ];
    await Deno.writeTextFile(`${folder}/rules.json`, JSON.stringify({ rules }));
    const checkedOn = async (table: string, model: string, ...more: string[]) => {
      const args = [`${folder}/rules.json`, "--model", `${folder}/${model}`, "--data"];
      const read = readCommandLine(assertProgram, [...args, `${folder}/${table}`, ...more]);
      return await assertRules(readAssertSettings(given(read)), () => {}, () => {});
    };
    const checked = (model: string, ...more: string[]) => checkedOn("leaky.csv", model, ...more);
    const junit = `${folder}/r.xml`;
    const leaky = await checked("leaky", "--junit", junit);
    assertEquals(
      leaky.checked.map(({ outcome }) => outcome),
      ["fails", "holds", "holds", "not measured", "holds"],
    );
    assertEquals(leaky.failed, 1);
    assertEquals(leaky.checked[0]!.measured!.class, "billing");
    assertStringIncludes(await Deno.readTextFile(junit), 'tests="5" failures="1" skipped="1"');
    const clean = await checked("clean");
    assertEquals([clean.checked[0]!.outcome, clean.failed], ["holds", 0]);
    assertEquals((await checked("clean", "--strict")).failed, 1);

    // Of classes that no text is predicted as nothing is known.
    const [header, ...lines] = (await Deno.readTextFile(`${folder}/leaky.csv`)).split("\n");
    const having = lines.filter((line) => line.includes("zendesk7"));
    // A table of one class is refused.
    having[0] = having[0]!.replace(",billing", ",delivery");
    await Deno.writeTextFile(`${folder}/few.csv`, [header, ...having].join("\n"));
    const missing = await checkedOn("few.csv", "leaky");
    assertEquals(missing.checked.map(({ unchecked }) => unchecked), [
      ["delivery", "login"],
      ...[[], [], [], []],
    ]);
    assertStringIncludes(
      missing.text,
      "not checked for 2 classes that no text is predicted as: delivery, login",
    );

    const compare = async (before: string, after: string, ...more: string[]) => {
      const args = [before, after].map((name) => `${folder}/${name}`);
      const read = readCommandLine(diffProgram, [
        ...args,
        ...["--data", `${folder}/leaky.csv`, "--out", `${folder}/diff`, "--word-margin", "0.1"],
        ...more,
      ]);
      return await compareModels(readDiffSettings(given(read)), () => {}, () => {});
    };
    const { diff, files } = await compare("clean", "leaky");
    assertEquals(files, [`${folder}/diff/diff.html`, `${folder}/diff/diff.json`]);
    const alarms = diff.words.filter(({ alarm }) => alarm).map(({ word }) => word);
    assertEquals(alarms, ["zendesk7"]);
    const [word] = diff.words;
    assertEquals([word!.word, word!.class, word!.documents], ["zendesk7", "billing", 22]);
    assertEquals(word!.before < word!.after && word!.low < word!.high, true);
    assertEquals(diff.accuracy.before.count >= 270, true);
    // However few words are told, alarms are, and the others are counted.
    const { diff: brief } = await compare(
      "clean",
      "leaky",
      "--most",
      "1",
      "--word-margin",
      "0.001",
    );
    const all = brief.words.length + brief.untold.words;
    assertEquals(all, diff.words.length + diff.untold.words);
    assertEquals(brief.words.length > 1 && brief.words.every(({ alarm }) => alarm), true);
    assertEquals([brief.texts.length, brief.untold.texts], [1, 299]);
    assertStringIncludes(
      await Deno.readTextFile(`${folder}/diff/diff.html`),
      "Not shown: 299 texts that changed less.",
    );
    // Rows that either model was trained on are left out.
    const rows = leakyTickets();
    await TrainingRows.of(rows.slice(0, 100)).save(`${folder}/clean`);
    const test = ["--corpus", "test"];
    assertEquals((await compare("clean", "leaky", ...test)).diff.documents, 200);
    assertEquals((await compare("leaky", "clean", ...test)).diff.documents, 200);
    await TrainingRows.of(rows.slice(50, 150)).save(`${folder}/leaky`);
    assertEquals((await compare("clean", "leaky", ...test)).diff.documents, 150);
    const same = await compare("clean", "clean");
    assertEquals([same.diff.predictions.count, same.diff.words.length > 0], [0, true]);
    assertEquals(same.diff.words.every(({ estimate }) => estimate === 0), true);
  }));

test("assert ends with 0, 1 or 2, and tells GitHub what fails", () =>
  withModels(async (folder) => {
    const path = `${folder}/rules.json`;
    const write = (below: number) =>
      Deno.writeTextFile(
        path,
        JSON.stringify({ rules: [{ check: "relevance", tokens: ["zendesk7"], below }] }),
      );
    const args = ["--model", `${folder}/leaky`, "--data", `${folder}/leaky.csv`];
    await write(0.5);
    const fine = await runProgram("assert", [path, ...args]);
    assertEquals([fine.code, fine.stdout.slice(0, 5), fine.stderr], [0, "holds", ""]);
    await write(0.01);
    const env = { GITHUB_ACTIONS: "true" };
    const failing = await runProgram("assert", [path, ...args], { env });
    assertEquals(failing.code, 1, failing.stderr);
    assertMatch(failing.stdout, /^fails .*\n::error file=\S+,title=fails%3A "zendesk7".*\n$/);
    for (
      const [args, message] of [
        [[], "Name a file of rules"],
        [[path, "--data", `${folder}/none.csv`], "none.csv"],
        [[`${folder}/leaky.csv`], "Cannot read the rules"],
      ] as const
    ) {
      const { code, stdout, stderr } = await runProgram("assert", args);
      assertEquals([code, stdout], [2, ""], stderr);
      assertStringIncludes(stderr, message);
      assertEquals(stderr.trimEnd().includes("\n"), false);
    }
  }));
