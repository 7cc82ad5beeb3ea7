import { readFile } from "../../files.ts";
import { type ModelKind, modelKinds } from "../../model_kind.ts";
import { modelsIn } from "./_files.ts";

const isThere = (path: string) => Deno.stat(path).then((info) => info.isFile, () => false);

/** Whether a folder has the config.json of a model of Hugging Face. */
async function isHuggingFace(folder: string): Promise<boolean> {
  try {
    const json = JSON.parse(new TextDecoder().decode(await readFile(`${folder}/config.json`)));
    return typeof json?.model_type === "string" || Array.isArray(json?.architectures);
  } catch {
    return false;
  }
}

/**
 * The folder of a model, and the file in it, of what may name either.
 *
 * @param spec A folder, or an `.onnx` file in it or in its folder `onnx`.
 */
export async function placeOf(spec: string): Promise<{ folder: string; file?: string }> {
  if (!spec.endsWith(".onnx") || !await isThere(spec)) return { folder: spec };
  const parts = spec.split("/");
  for (const depth of [1, 2]) {
    const folder = parts.slice(0, -depth).join("/") || (spec.startsWith("/") ? "/" : ".");
    if (depth > parts.length || !await isThere(`${folder}/config.json`)) continue;
    return { folder, file: parts.slice(-depth).join("/") };
  }
  return { folder: parts.slice(0, -1).join("/") || ".", file: parts.at(-1)! };
}

/** Text classifiers of Hugging Face in ONNX. */
export const onnxKind: ModelKind = modelKinds.register({
  name: "onnx",
  description:
    "A folder of Hugging Face with config.json, tokenizer.json and onnx/model.onnx, or its .onnx file",
  async recognises(spec) {
    if (await isThere(`${spec}/model.json`)) return false;
    if (spec.endsWith(".onnx") && await isThere(spec)) return true;
    return (await modelsIn(spec)).length > 0 || await isHuggingFace(spec);
  },
  async open(spec, { data }) {
    const { loadOnnxModel } = await import("./load.ts");
    const { folder, file } = await placeOf(spec);
    return await loadOnnxModel(folder, file === undefined ? {} : { file }, {
      model: folder,
      ...(data !== undefined && { data }),
    });
  },
});
