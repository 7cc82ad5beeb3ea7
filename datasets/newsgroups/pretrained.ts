/**
 * The pretrained model as modules, which can be read without a permission. It is not a part of the
 * package: JSR takes no module that imports bytes.
 *
 * @module
 */
/** Each file is read when it is asked for. The paths are literal: only so they need no permission. */
const files: Readonly<Record<string, () => Promise<{ default: Uint8Array }>>> = {
  "model.json": () => import("./pretrained/model.json", { with: { type: "bytes" } }),
  "network-a69c62f9.bin": () =>
    import("./pretrained/network-a69c62f9.bin", { with: { type: "bytes" } }),
  "vectors-4f9eda8a.bin": () =>
    import("./pretrained/vectors-4f9eda8a.bin", { with: { type: "bytes" } }),
  "vocabulary-94bba7c1.txt": () =>
    import("./pretrained/vocabulary-94bba7c1.txt", { with: { type: "bytes" } }),
};

/**
 * Gives the content of a file of the pretrained model; needs no permission to read.
 *
 * @param name Its name.
 * @throws {Deno.errors.NotFound} If the model has no such file.
 *
 * @example
 * ```ts
 * import { readWordCnn } from "@heatword/core/word-cnn";
 * import { readPretrainedFile } from "@heatword/pretrained";
 * import { assertEquals } from "@std/assert";
 *
 * const { model } = await readWordCnn(readPretrainedFile);
 * assertEquals(model.classes.length, 20);
 * ```
 */
export async function readPretrainedFile(name: string): Promise<Uint8Array> {
  if (!Object.hasOwn(files, name)) {
    throw new Deno.errors.NotFound(`Cannot find "${name}" in the pretrained model`);
  }
  return (await files[name]!()).default;
}
