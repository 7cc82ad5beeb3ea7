import { OnnxFiles } from "./_files.ts";
import { WASM_NAME, wasmUrl } from "./_runtime.ts";
import { chosenModel, readSettings, TEXT_NAME } from "./_settings.ts";
import { placeOf } from "./onnx_kind.ts";

/** A file that a model needs. */
export interface NeededFile {
  /** Its name, by which {@linkcode loadOnnxModel} takes its content. */
  readonly name: string;
  /** Where it is. */
  readonly path: string;
}

/**
 * Lists what a model is made of: its files, those that may be missing too, and the WebAssembly file of
 * the ONNX runtime, which is called `ort-wasm-simd-threaded.wasm`.
 *
 * @param spec The folder, or an `.onnx` file in it.
 * @returns The folder, and the files.
 * @throws {Deno.errors.NotFound} If there is no model.
 * @throws {TypeError} If there are several, and none is named.
 */
export async function listOnnxFiles(
  spec: string,
): Promise<{ folder: string; files: readonly NeededFile[] }> {
  const { folder, file } = await placeOf(spec);
  const files = new OnnxFiles(folder);
  const settings = await readSettings(files, file === undefined ? {} : { file });
  const model = await chosenModel(files, settings.file);
  const names = ["config.json", "tokenizer.json", "tokenizer_config.json", TEXT_NAME];
  return {
    folder,
    files: [
      ...[...names, model, `${model}_data`].map((name) => ({ name, path: `${folder}/${name}` })),
      { name: WASM_NAME, path: decodeURIComponent(wasmUrl().pathname) },
    ],
  };
}
