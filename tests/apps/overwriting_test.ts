import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { assertRules } from "../../apps/assert/_run.ts";
import { readAssertSettings } from "../../apps/assert/_settings.ts";
import { readAtlasSettings, writeAtlas } from "../../apps/_atlas.ts";
import { auditModel } from "../../apps/audit/_run.ts";
import { readSettings as readAuditSettings } from "../../apps/audit/_settings.ts";
import { readCommandLine } from "../../apps/cli/command_line.ts";
import { keepForeign } from "../../apps/cli/keep_foreign.ts";
import { assertProgram } from "../../apps/cli/programs/assert.ts";
import { atlasProgram } from "../../apps/cli/programs/atlas.ts";
import { auditProgram } from "../../apps/cli/programs/audit.ts";
import { diffProgram } from "../../apps/cli/programs/diff.ts";
import { evaluateProgram } from "../../apps/cli/programs/evaluate.ts";
import { trustProgram } from "../../apps/cli/programs/trust.ts";
import { compareModels } from "../../apps/diff/_run.ts";
import { readDiffSettings } from "../../apps/diff/_settings.ts";
import { evaluate } from "../../apps/evaluate/_run.ts";
import { readSettings as readEvaluateSettings } from "../../apps/evaluate/_settings.ts";
import { judge } from "../../apps/trust/_run.ts";
import { readSettings as readTrustSettings } from "../../apps/trust/_settings.ts";
import { madeModelFolder } from "./_made_model.ts";
import { runProgram } from "./_run_program.ts";
import { contentsBelow, inFolder } from "../_in_folder.ts";
import { testPermitted } from "../_skip.ts";

const test = testPermitted("read", "write", "env", "run");

const run = (name: string, args: readonly string[]) =>
  runProgram(name, args, { permissions: ["-A"] });

test("no program overwrites what it reads, or a file of another program", async () => {
  const model = await madeModelFolder();
  const folder = await Deno.makeTempDir();
  try {
    const at = (name: string) => `${folder}/${name}`;
    const table = "text,label\nmoon,a\nride,b\n";
    for (const name of ["report.html", "metrics.json", "model.json", "index.html", "t.html"]) {
      await Deno.writeTextFile(at(name), name);
    }
    await Deno.writeTextFile(at("ledger.json"), "export default 1;");
    await Deno.writeTextFile(at("data.csv"), table);
    for (const name of ["trust.csv", "audit.csv", "diff.json", "repair.csv"]) {
      await Deno.writeTextFile(at(name), "export default 1;");
    }
    await Deno.writeTextFile(at("vectors-01234567.bin"), "2 1\nmoon 1\nride 2\n");
    await Deno.writeTextFile(at("ortho_context.tab"), "The moon.");
    await Deno.mkdir(at("converted"));
    await Deno.writeTextFile(at("converted/model.json"), '{"format": "layers-model"}');
    await Deno.mkdir(at("cached"));
    await Deno.link(at("data.csv"), at("cached/model.json"));
    const before = { ...await contentsBelow(folder), ...await contentsBelow(model) };
    const data = ["--data", at("data.csv")];
    const cases: [string, string[]][] = [
      ["train", [...data, "--vectors", at("vectors-01234567.bin"), "--out", folder]],
      ["train", [...data, "--out", at("cached")]],
      ["evaluate", [...data, "--model", model, "--plugin", at("ledger.json"), "--out", folder]],
      ["reproduce", ["--corpus", "miniature", "--vectors", at("metrics.json"), "--out", folder]],
      ["atlas", ["--corpus", "miniature", "--plugin", at("index.html"), "--out", folder]],
      ["trust", [...data, "--model", model, "--plugin", at("trust.csv"), "--out", folder]],
      ["audit", [...data, "--model", model, "--plugin", at("audit.csv"), "--out", folder]],
      ["repair", [
        ...["--against", "moon", ...data, "--model", model],
        ...["--plugin", at("repair.csv"), "--out", folder],
      ]],
      ["diff", [model, model, ...data, "--plugin", at("diff.json"), "--out", folder]],
      ["report", ["--single-file", "--file", at("t.html"), "--out", at("t.html")]],
      ["report", ["--single-file", "--model", model, "--out", `${model}/model.json`]],
      ["report", ["--single-file", "--compare-model", model, "--out", `${model}/model.json`]],
      ["explain", [
        "a",
        "--model",
        model,
        "--out",
        `${model}/training-rows.bin`,
        "--format",
        "json",
      ]],
      ["explain", ["a", "--model", `command: sh '${at("t.html")}'`, "--out", at("t.html")]],
      ["evaluate", [...data, "--model", `command: cat <${at("metrics.json")}`, "--out", folder]],
      ["export", ["--model", model, "--out", model]],
      ["export", ["--model", model, "--out", at("converted")]],
      ["tokenize", [at("ortho_context.tab"), "--train-punkt", folder]],
    ];
    for (const [program, args] of cases) {
      const { code, stderr } = await run(program, args);
      assertMatch(
        stderr,
        /error: Cannot write [^\n]+\n$/,
        `${program} ${args.join(" ")}: ${stderr}`,
      );
      assertEquals(code, 1);
      const after = { ...await contentsBelow(folder), ...await contentsBelow(model) };
      assertEquals(after, before, `${program} ${args.join(" ")}`);
    }
  } finally {
    await Deno.remove(model, { recursive: true });
    await Deno.remove(folder, { recursive: true });
  }
});

test("no program overwrites a file that only has the name of one of its own", async () => {
  const model = await madeModelFolder();
  const folder = await Deno.makeTempDir();
  try {
    const table = `${folder}/data.csv`;
    await Deno.writeTextFile(table, "text,label\nmoon,a\nride,b\n");
    const own = ["--data", table, "--model", model];
    const miniature = ["--corpus", "miniature"];
    const cases: [program: string, args: string[], name: string][] = [
      ["trust", own, "measured.jsonl"],
      ["evaluate", own, "metrics.json"],
      ["reproduce", miniature, "figures/figure-3.csv"],
      ["atlas", miniature, "ngrams.csv"],
      ["train", own.slice(0, 2), "model.json"],
      ["audit", own, "audit.csv"],
      ["repair", [...own, "--against", "moon"], "repair.json"],
    ];
    for (const [program, args, name] of cases) {
      const out = `${folder}/${program}`;
      await Deno.mkdir(`${out}/figures`, { recursive: true });
      await Deno.writeTextFile(`${out}/${name}`, '{"my": "own work"}\n');
      const { code, stderr } = await run(program, [...args, "--out", out]);
      assertMatch(
        stderr,
        /error: Cannot write [a-z ]+ over "[^"]+", which no program of heatword wrote: [^\n]+\n$/,
        program,
      );
      assertEquals(code, 1);
      assertEquals(Object.values(await contentsBelow(out)), ['{"my": "own work"}\n'], program);
    }
  } finally {
    await Deno.remove(model, { recursive: true });
    await Deno.remove(folder, { recursive: true });
  }
});

test("keepForeign() tells what programs wrote from all else of the same name", () =>
  inFolder(async (folder) => {
    const page = '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; ' +
      "style-src 'unsafe-inline'\">";
    const ours: Readonly<Record<string, string>> = {
      "metrics.json": '{\n  "accuracy": 1,\n  "macroF1": 1\n}\n',
      "ledger.json": '[\n  {\n    "id": "a"\n  }\n]\n',
      "trust.json": '{\n  "model": "m",\n  "documents": 8,\n  "seeds": 1,\n  "rows": []\n}\n',
      "trust.csv": "explainer,control,verdict,measure,value\r\n",
      "words.csv": "class,side,rank,word\r\n",
      "filters.csv": "filter,fired,mean,documents,a\r\n",
      "ngrams.csv": "filter,list,rank,first\r\n",
      "model.json": '{\n  "format": "heatword-linear",\n  "version": 1\n}\n',
      "audit.json":
        '{\n  "model": "m",\n  "documents": 8,\n  "threshold": 7.5,\n  "findings": []\n}\n',
      "audit.csv": "rank,kind,what,class,suspicion\n",
      "repair.json": '{\n  "model": "m",\n  "corpus": "c",\n  "against": {}\n}\n',
      "repair.csv": "way,figure,texts,before,before_low\r\n",
      "diff.json": '{\n  "models": [\n    "a"\n  ],\n  "wordMargin": 0.2\n}\n',
      "figure-3.csv": "id,class,predicted,category\r\n",
      "index.html": `<!DOCTYPE html>\n<html lang="en">\n<head>\n${page}`,
      "figure-1.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8" role="img">',
      "measured.jsonl": `{"heatword":3,"run":"${"0a".repeat(32)}"}\n{"task":"text 0"}\n`,
    };
    for (const [name, content] of Object.entries(ours)) {
      const files = [{ path: `${folder}/${name}`, what: "the results" }];
      await keepForeign(files); // Not there yet.
      await Deno.writeTextFile(files[0]!.path, content);
      await keepForeign(files);
      for (const foreign of ["mine", "a,b\n1,2\n", '{"heatword": "notes"}\n', "<svg/>", "[1]"]) {
        await Deno.writeTextFile(files[0]!.path, foreign);
        await assertRejects(() => keepForeign(files), RangeError, name);
        assertEquals(await Deno.readTextFile(files[0]!.path), foreign);
      }
    }
    const unknown = [{ path: `${folder}/other.txt`, what: "the results" }];
    await Deno.writeTextFile(unknown[0]!.path, "");
    await keepForeign(unknown); // Nothing is lost.
  }));

test("programs refuse pipes where tables and word vectors should be", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const mkfifo = new Deno.Command("mkfifo", { args: [`${folder}/pipe.csv`, `${folder}/v`] });
    assert((await mkfifo.output()).success);
    await Deno.writeTextFile(`${folder}/t.csv`, "text,label\nmoon,a\nride,b\nmoon,a\nride,b\n");
    const out = ["--out", `${folder}/out`, "--cache", `${folder}/cache`];
    const cases: [string, string[], RegExp][] = [
      ["train", ["--data", `${folder}/pipe.csv`, ...out], /pipe.csv": it is a named pipe/],
      ["train", ["--data", `${folder}/t.csv`, "--vectors", `${folder}/v`, ...out], /v": it is a/],
      [
        "evaluate",
        ["--data", `${folder}/pipe.csv`, ...out.slice(0, 2)],
        /pipe.csv": it is a named pipe/,
      ],
    ];
    for (const [program, args, message] of cases) {
      const { code, stderr } = await run(program, args);
      assertMatch(stderr, message);
      assertEquals(code, 1);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

test("no program overwrites files that only the plugin of a model's kind knows", () =>
  inFolder(async (folder) => {
    const data = ["--data", `${folder}/data.csv`];
    await Deno.writeTextFile(`${folder}/data.csv`, "text,label\nmoon,a\nride,b\n");
    await Deno.writeTextFile(`${folder}/a.made`, "");
    await Deno.writeTextFile(
      `${folder}/r.json`,
      '{"rules": [{"check": "accuracy", "atLeast": 0}]}',
    );
    const given = <T>(read: T) => read as Exclude<T, "help">;
    // A kind can be registered once, so each program gets one of its own.
    const cases: Record<string, [name: string, run: (args: string[]) => Promise<unknown>]> = {
      trust: [
        "trust.csv",
        (args) => judge(readTrustSettings(given(readCommandLine(trustProgram, args))), () => {}),
      ],
      evaluate: [
        "words.csv",
        (args) =>
          evaluate(readEvaluateSettings(given(readCommandLine(evaluateProgram, args))), () => {}),
      ],
      atlas: [
        "filters.csv",
        (args) => writeAtlas(readAtlasSettings(given(readCommandLine(atlasProgram, args)))),
      ],
      audit: [
        "audit.csv",
        (args) =>
          auditModel(readAuditSettings(given(readCommandLine(auditProgram, args))), () => {}),
      ],
      assert: ["rules.xml", ([, model, ...args]) =>
        assertRules(
          readAssertSettings(given(readCommandLine(assertProgram, [
            ...[`${folder}/r.json`, "--model", model!, ...args.slice(0, -2)],
            ...["--junit", `${args.at(-1)}/rules.xml`],
          ]))),
          () => {},
        )],
      diff: ["diff.json", ([, model, ...args]) =>
        compareModels(
          readDiffSettings(given(readCommandLine(diffProgram, [model!, model!, ...args]))),
          () => {},
        )],
    };
    // Each is what an earlier run may have left there.
    const contents: Readonly<Record<string, string>> = {
      "trust.csv": "explainer,control,verdict,measure,value\r\n",
      "words.csv": "class,side,rank,word\r\n",
      "filters.csv": "filter,fired,mean,documents,a\r\n",
      "audit.csv": "rank,kind,what,class,suspicion\n",
      "rules.xml": "<testsuites/>",
      "diff.json": '{\n  "models": [\n    "a"\n  ],\n  "wordMargin": 0.2\n}\n',
    };
    for (const [program, [name, run]] of Object.entries(cases)) {
      const path = `${folder}/${name}`;
      await Deno.writeTextFile(path, contents[name]!);
      await Deno.writeTextFile(
        `${folder}/${program}.ts`,
        `export default {
          name: "made-by-${program}",
          description: "Made for a test",
          recognises: (spec) => spec.endsWith("/${program}.made"),
          open: () => Promise.reject(new Error("opened")),
          files: () => [${JSON.stringify(path)}],
        };`,
      );
      await Deno.writeTextFile(`${folder}/${program}.made`, "");
      const args = [
        ...["--model", `${folder}/${program}.made`, ...data],
        ...["--plugin", `${folder}/${program}.ts`, "--out", folder],
      ];
      const error = await assertRejects(() => run(args), RangeError);
      assertEquals(
        error.message.includes(`over the model "${path}"`),
        true,
        `${program}: ${error}`,
      );
      assertEquals(await Deno.readTextFile(path), contents[name], program);
    }
  }));
