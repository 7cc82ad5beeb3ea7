import { TrainingRows } from "@heatword/datasets/corpus";
import { assertEquals, assertMatch, assertRejects, assertStringIncludes } from "@std/assert";
import { parse } from "@std/csv";
import { readAtlasSettings, writeAtlas } from "../../apps/_atlas.ts";
import { readCommandLine } from "../../apps/cli/command_line.ts";
import { atlasProgram } from "../../apps/cli/programs/atlas.ts";
import { withMadeModel } from "./_made_model.ts";
import { runProgram } from "./_run_program.ts";
import { testPermitted } from "../_skip.ts";

const test = testPermitted("read", "write", "env", "run");

const runAtlas = (...args: string[]) => runProgram("atlas", args);

test("deno task atlas writes a page and tables of the miniature corpus", () =>
  withMadeModel(async (folder, model) => {
    const out = `${folder}/new`;
    const args = ["--corpus", "miniature", "--min-documents", "2", "--model", model, "--out", out];
    const { code, stdout, stderr } = await runAtlas(...args, "--data", folder);
    assertEquals([code, stderr], [0, ""]);
    const files = ["index.html", "words.csv", "filters.csv", "ngrams.csv"];
    assertEquals(stdout.trim().split("\n"), files.map((name) => `${out}/${name}`));
    const html = await Deno.readTextFile(`${out}/index.html`);
    assertStringIncludes(html, "140 documents of the miniature corpus");
    const rows = parse(await Deno.readTextFile(`${out}/words.csv`), { skipFirstRow: true });
    const space = rows.find(({ word }) => word === "space")!;
    assertStringIncludes(space.example!.toLowerCase(), "space");
    assertMatch(space.example_document!, /^[a-z.-]+\/\d+$/);
  }));

test("deno task atlas takes the texts of a table that the model was not trained on", () =>
  withMadeModel(async (folder, model) => {
    const rows = Array.from({ length: 6 }, (_, i) => ({
      text: `the space shuttle, no ${i}`,
      label: i % 2 ? "sci.space" : "sci.med",
    }));
    await TrainingRows.of(rows.slice(0, 4)).save(model);
    const lines = rows.map(({ text, label }) => `'${text}';${label}\n`);
    await Deno.writeTextFile(`${folder}/t.csv`, lines.join(""));
    const said = async (...args: string[]) => {
      const read = readCommandLine(atlasProgram, [
        ...["--data", `${folder}/t.csv`, "--no-header", "--text", "1", "--label", "2"],
        ...["--quote", "single", "--model", model, "--min-documents", "1", "--out", folder],
        ...args,
      ]);
      await writeAtlas(readAtlasSettings(read as Exclude<typeof read, "help">));
      return (await Deno.readTextFile(`${folder}/index.html`)).match(/\d+ documents of t\.csv/)
        ?.[0];
    };
    assertEquals(await said(), "2 documents of t.csv");
    assertEquals(await said("--corpus", "train"), "4 documents of t.csv");
    assertEquals(await said("--corpus", "all"), "6 documents of t.csv");
    await Deno.writeTextFile(`${folder}/rows.txt`, "3\n");
    await assertRejects(
      () => said("--split", `${folder}/rows.txt`, "--split-column", "2"),
      Error,
      "exclude each other",
    );
    assertEquals(
      await said("--split", `${folder}/rows.txt`, "--corpus", "train"),
      "5 documents of t.csv",
    );
    await TrainingRows.of(rows).save(model);
    await assertRejects(
      () => said(),
      RangeError,
      'None of these 6 texts is known to be of the part "test": --corpus all takes all',
    );
  }));

test("deno task atlas says in one line what is wrong", async () => {
  const cases: [args: string[], code: number, message: RegExp][] = [
    [["--corpus", "x"], 2, /^error: Option --corpus takes one of test, train, all, miniature, not/],
    [["--words", "0"], 2, /^error: Option --words takes a whole number from 1 to 999999, not "0"/],
    [["--explainer", "lpr"], 1, /^error: Unknown explainer "lpr": did you mean "lrp"\?/],
    [["--model", "/nowhere"], 1, /^error: Cannot find a model in "\/nowhere"/],
  ];
  for (const [args, code, message] of cases) {
    const found = await runAtlas(...args);
    assertMatch(found.stderr, message);
    assertEquals([found.code, found.stderr.trim().split("\n").length, found.stdout], [code, 1, ""]);
  }
});
