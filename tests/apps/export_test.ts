import { saveWordCnn } from "@heatword/core/word-cnn";
import { assert, assertEquals, assertLess, assertMatch, assertStringIncludes } from "@std/assert";
import { inFolder, namesIn } from "../_in_folder.ts";
import { madeClasses, madeModel } from "./_made_model.ts";
import { runExplain } from "./_run_explain.ts";
import { runProgram } from "./_run_program.ts";
import { drawWeights, recurrentModel, savedFiles, vocabulary } from "../core/models/tfjs/_saved.ts";
import { testPermitted } from "../_skip.ts";

const test = testPermitted("read", "write", "env", "run");

const runExport = (...args: string[]) => runProgram("export", args);

const text = "The shuttle left its orbit of the moon, the engine cold.";

async function explainByModel(model: string, ...args: string[]) {
  const result = await runExplain(["--model", model, "--format", "json", ...args, text]);
  assertEquals(result.code, 0, result.stderr);
  return JSON.parse(result.stdout);
}

test("export writes a model that explain takes, with the same explanation", async () => {
  await inFolder(async (folder) => {
    await saveWordCnn(`${folder}/model`, madeModel());
    const out = `${folder}/new/exported`;
    const { code, stdout, stderr } = await runExport(
      "--model",
      `${folder}/model`,
      "--format",
      "tfjs",
      "--out",
      out,
    );
    assertEquals([code, stdout, stderr], [0, `${out}\n`, ""]);
    const [own, exported] = [await explainByModel(`${folder}/model`), await explainByModel(out)];
    assertEquals(Object.keys(exported.scores).toSorted(), madeClasses.toSorted());
    assertEquals(exported.predicted, own.predicted);
    assertEquals(exported.unknown, own.unknown);
    own.relevance.forEach((value: number, t: number) => {
      assertLess(Math.abs(exported.relevance[t] - value), 1e-5);
    });
  });
});

test("export says in one line what is wrong, and writes nothing", async () => {
  await inFolder(async (folder) => {
    await saveWordCnn(`${folder}/model`, madeModel());
    await runExport("--model", `${folder}/model`, "--out", `${folder}/tfjs`);
    await Deno.mkdir(`${folder}/mine`);
    await Deno.writeTextFile(`${folder}/mine/notes.txt`, "mine");
    const model = ["--model", `${folder}/model`];
    const cases: [string[], number, string][] = [
      [[...model], 2, "error: Option --out is missing: name a folder"],
      [
        [...model, "--out", `${folder}/new`, "--format", "onnx"],
        2,
        'format "onnx": the formats are',
      ],
      [[...model, "--out", `${folder}/new`, "more"], 2, 'Cannot take the argument "more"'],
      [[...model, "--uot", `${folder}/new`], 2, 'Unknown option "--uot": did you mean "--out"?'],
      [["--model", `${folder}/none`, "--out", `${folder}/new`], 1, "Cannot find a model in"],
      [["--model", `${folder}/tfjs`, "--out", `${folder}/new`], 1, "a TensorFlow.js model already"],
      [[...model, "--out", `${folder}/mine`], 1, "the folder holds other files, name a new one"],
      [[...model, "--out", `${folder}/mine/notes.txt`], 1, "it is a file"],
    ];
    for (const [args, code, message] of cases) {
      const result = await runExport(...args);
      assertEquals([result.code, result.stdout], [code, ""], result.stderr);
      assertStringIncludes(result.stderr, message);
      assertEquals(result.stderr.trim().split("\n").length, 1);
    }
    const names = Array.from(Deno.readDirSync(folder), ({ name }) => name).toSorted();
    assertEquals(names, ["mine", "model", "tfjs"]);
    assertEquals(namesIn(`${folder}/mine`), ["notes.txt"]);
  });
});

test("explain names the layer that an explainer cannot see into, and explains by others", async () => {
  await inFolder(async (folder) => {
    const files = await savedFiles(drawWeights(recurrentModel(), 4), {
      "vocabulary.json": vocabulary,
      "classes.json": madeClasses,
    });
    for (const [name, content] of files) await Deno.writeFile(`${folder}/${name}`, content);
    const { code, stderr } = await runExplain([
      ...["--model", folder, "the ride was long", "--explainer", "lrp"],
    ]);
    assertEquals(code, 1);
    assertMatch(
      stderr,
      /^error: Explainer "lrp" needs layers, which this model lacks: layer "memory" is of type "LSTM" with activation "softsign"; explainers that work with it: [^\n]*\bocclusion\b[^\n]*\n$/,
    );
    const occlusion = await runExplain([
      "--model",
      folder,
      "--explainer",
      "occlusion",
      "--format",
      "json",
      "the ride was long",
    ]);
    assertEquals([occlusion.code, occlusion.stderr], [0, ""]);
    assert(JSON.parse(occlusion.stdout).relevance.every(Number.isFinite));
    await Deno.writeTextFile(`${folder}/rows.jsonl`, '{"text":"the ride"}\n{"text":"was long"}\n');
    const batch = await runExplain([
      "--model",
      folder,
      "--explainer",
      "occlusion",
      "--batch",
      `${folder}/rows.jsonl`,
      "--format",
      "jsonl",
    ]);
    assertEquals(batch.code, 0, batch.stderr);
    assertEquals(batch.stdout.trim().split("\n").length, 2);
  });
});
