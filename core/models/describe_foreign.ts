import { FILE_KIND_BYTES, fileKind } from "../file_kind.ts";

const CONVERT = "convert the Keras model with tensorflowjs_converter " +
  "--output_format=tfjs_layers_model, and name the folder that it writes";

/** Files that models of other programs consist of, the most telling first. */
const FOREIGN: readonly (readonly [file: RegExp, what: string])[] = [
  [/^saved_model\.pb(txt)?$/, `it is a SavedModel of TensorFlow: ${CONVERT}`],
  [/\.(h5|hdf5|keras)$/, `it holds a Keras model: ${CONVERT}`],
  [
    /\.(safetensors|pt|pth)$|^pytorch_model.*\.bin$/,
    "it holds a model of PyTorch: a text classifier of Hugging Face is read as ONNX, which " +
    "optimum-cli export onnx --task text-classification makes of it",
  ],
  [/\.(pkl|pickle|joblib)$/, "it holds a Python pickle, which this program cannot read"],
];

async function startOf(path: string): Promise<Uint8Array> {
  using file = await Deno.open(path);
  const start = new Uint8Array(FILE_KIND_BYTES);
  return start.subarray(0, await file.read(start) ?? 0);
}

/** What a file is that was named instead of a folder. */
async function describeFile(path: string): Promise<string> {
  const name = path.replace(/.*\//, "");
  if (name === "model.json") return "name the folder that model.json is in";
  const kind = fileKind(await startOf(path));
  if (/\.(h5|hdf5|keras)$/i.test(name) || kind?.startsWith("an HDF5 file")) {
    return `it is ${kind ?? "a file"}: ${CONVERT}`;
  }
  return kind === undefined
    ? "it is a file, name the folder of a model"
    : `it is ${kind}, name the folder of a model`;
}

/**
 * Says what stands where a model should.
 *
 * @param path A path that holds no model.json.
 * @returns What it is and what to do, as the end of a sentence.
 */
export async function describeForeign(path: string): Promise<string> {
  const info = await Deno.stat(path).catch(() => undefined);
  if (info === undefined) return "there is no such folder";
  if (info.isFile) return await describeFile(path);
  const names: string[] = [];
  if (info.isDirectory) {
    for await (const { name } of Deno.readDir(path)) names.push(name);
  }
  const found = FOREIGN.find(([file]) => names.some((name) => file.test(name)));
  return found?.[1] ?? "there is no model.json";
}
