import { openModel } from "@heatword/core/models";
import { loadTfjsModel } from "@heatword/core/tfjs";
import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { programs } from "../../apps/cli/programs/mod.ts";
import { modelFlag, modelFolderFlag } from "../../apps/cli/shared_flags.ts";
import { modelPath } from "../../apps/opening/model.ts";
import { root } from "./_run_program.ts";
import { testPermitted } from "../_skip.ts";

const test = testPermitted("read", "write", "env", "run");

/** Runs with a folder that holds one file. */
async function withFile(name: string, content: string, run: (folder: string) => Promise<void>) {
  const folder = await Deno.makeTempDir();
  try {
    const bytes = Uint8Array.from(content, (character) => character.charCodeAt(0));
    await Deno.writeFile(`${folder}/${name}`, bytes);
    await run(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

test("a graph-model of TensorFlow.js is told by its format, or by its topology", async (t) => {
  const models = {
    "by its format": { format: "graph-model", modelTopology: { node: [] }, weightsManifest: [] },
    "by its topology": {
      modelTopology: { node: [{ op: "NoOp", name: "a" }] },
      weightsManifest: [],
    },
  };
  for (const [name, model] of Object.entries(models)) {
    await t.step(name, () =>
      withFile("model.json", JSON.stringify(model), async (folder) => {
        await assertRejects(
          () => openModel(folder),
          SyntaxError,
          "Cannot use the graph-model: its inputs are none; a row of words is one input",
        );
        await assertRejects(
          () => loadTfjsModel(folder),
          SyntaxError,
          "loadTfjsGraphModel loads it",
        );
      }));
  }
});

test("a LayersModel that names no format is one by its topology", () =>
  withFile("model.json", '{"modelTopology": {"model_config": {}}}', async (folder) => {
    // Not taken for a word-CNN whose format is missing.
    await assertRejects(() => openModel(folder), SyntaxError, "model");
    const error = await openModel(folder).catch((error) => error);
    assertEquals(error.message.includes("heatword-word-cnn"), false);
  }));

test("what is not a model is named for what it is", async (t) => {
  const keras = "convert the Keras model with tensorflowjs_converter";
  const folders: [file: string, message: string][] = [
    ["saved_model.pb", `it is a SavedModel of TensorFlow: ${keras}`],
    ["model.h5", `it holds a Keras model: ${keras}`],
    ["model.safetensors", "it holds a model of PyTorch"],
    ["pytorch_model.bin", "it holds a model of PyTorch"],
    ["model.pkl", "it holds a Python pickle"],
    ["notes.txt", "there is no model.json"],
  ];
  for (const [file, message] of folders) {
    await t.step(`a folder with ${file}`, () =>
      withFile(file, "", async (model) => {
        await assertRejects(
          () => modelPath({ model }),
          Deno.errors.NotFound,
          `Cannot find a model in "${model}": ${message}`,
        );
      }));
  }
  const files: [file: string, content: string, message: string][] = [
    ["a.keras", "PK\x03\x04", `it is a zip archive: ${keras}`],
    ["a.h5", "\x89HDF\r\n\x1a\n", `it is an HDF5 file (.h5): ${keras}`],
    ["a.bin", "\xba\x16\x4f\x2f", "it is a model of fastText (.bin), name the folder of a model"],
    ["a.npy", "\x93NUMPY\x01\0", "it is a NumPy array (.npy), name the folder of a model"],
    ["a.pkl", "\x80\x04\x95", "it is a Python pickle, name the folder of a model"],
    ["a.txt", "moon", "it is a file, name the folder of a model"],
    ["model.json", "{}", "name the folder that model.json is in"],
  ];
  for (const [file, content, message] of files) {
    await t.step(`a file ${file}`, () =>
      withFile(file, content, async (folder) => {
        const model = `${folder}/${file}`;
        await assertRejects(
          () => modelPath({ model }),
          Deno.errors.NotFound,
          `Cannot find a model in "${model}": ${message}`,
        );
      }));
  }
  await assertRejects(
    () => modelPath({ model: "/no/such" }),
    Deno.errors.NotFound,
    "no such folder",
  );
});

test("the model is the one that is named, else $HEATWORD_MODEL, else the pretrained one", () =>
  withFile("model.json", "{}", async (folder) => {
    const before = Deno.env.get("HEATWORD_MODEL");
    try {
      Deno.env.set("HEATWORD_MODEL", folder);
      assertEquals(await modelPath({}), folder);
      const other = `${root}datasets/newsgroups/pretrained`;
      assertEquals(await modelPath({ model: other }), other);
      Deno.env.set("HEATWORD_MODEL", "");
      assertEquals(await Deno.realPath(await modelPath({})), await Deno.realPath(other));
    } finally {
      if (before === undefined) Deno.env.delete("HEATWORD_MODEL");
      else Deno.env.set("HEATWORD_MODEL", before);
    }
  }));

test("every program says in the same words what --model takes", () => {
  const found = programs.flatMap(({ name, allFlags }) =>
    allFlags.filter((flag) => flag.name === "model").map((flag) => ({ name, flag }))
  );
  assertEquals(found.map(({ name }) => name).toSorted(), [
    "assert",
    "atlas",
    "audit",
    "evaluate",
    "explain",
    "export",
    "repair",
    "report",
    "serve",
    "trust",
  ]);
  for (const { name, flag } of found) {
    // Of trust it may be given several times, and says so.
    if (name === "trust") assertStringIncludes(flag.help, modelFlag.help);
    else assert(flag === modelFlag || flag === modelFolderFlag, name);
    assertStringIncludes(flag.help, "else $HEATWORD_MODEL, the pretrained one", name);
  }
});
