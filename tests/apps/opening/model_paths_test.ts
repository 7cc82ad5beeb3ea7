import { saveWordCnn } from "@heatword/core/word-cnn";
import { assertEquals } from "@std/assert";
import { inFolder } from "../../_in_folder.ts";
import { testPermitted } from "../../_skip.ts";
import { madeModel } from "../_made_model.ts";
import { root } from "../_run_program.ts";

const test = testPermitted("read", "write", "env", "run");

test("a relative folder with a colon in its name is a folder", () =>
  inFolder(async (folder) => {
    const place = await Deno.realPath(folder);
    const models = ["runs:2024/june", "runs:2024/may"];
    for (const model of models) await saveWordCnn(`${place}/${model}`, madeModel());
    const code = `
      import { modelPaths } from "file://${root}apps/opening/model_paths.ts";
      import { modelNames } from "file://${root}apps/serve/_model_names.ts";
      const told = [];
      for (const [model, compare] of ${
      JSON.stringify([models, [models[0], "https://a.example/m?key=1"], [
        "command: june",
        models[1],
      ]])
    }) {
        const paths = await modelPaths({ model, compare });
        told.push([paths, modelNames(paths)]);
      }
      console.log(JSON.stringify(told));
    `;
    // Only a process of its own can have another folder as the current one.
    const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["eval", "--quiet", "--config", `${root}deno.json`, code],
      cwd: place,
      env: { HEATWORD_MODEL_HEADERS: "", NO_COLOR: "1" },
    }).output();
    const text = new TextDecoder();
    assertEquals(text.decode(stderr), "");
    assertEquals(JSON.parse(text.decode(stdout)), [
      [models.map((model) => `${place}/${model}`), ["june", "may"]],
      [[`${place}/runs:2024/june`, "https://a.example/m?key=1"], ["june", "server"]],
      [["command: june", `${place}/runs:2024/may`], ["command", "may"]],
    ]);
  }));
