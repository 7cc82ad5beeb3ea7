import { textBytes } from "@heatword/core";
import type { Rows } from "./_raw_row.ts";
import { decoderOf, MisreadError } from "./encoding.ts";

/** Reads `LABEL/FILE` below a folder: a folder a class, a file a text, in alphabetical order. */
export async function* folderRows(dir: string, encoding: string): Rows {
  const decode = decoderOf(encoding);
  for (const label of await entries(dir)) {
    const place = `${dir}/${label.name}`;
    if (!label.isDirectory) {
      yield { place, problem: "it is in no folder that names its class" };
      continue;
    }
    const files = await entries(place);
    if (files.length === 0) yield { place, problem: "the class has no text" };
    for (const file of files) {
      const path = `${place}/${file.name}`;
      if (!file.isFile) {
        yield { place: path, problem: "it is not a file" };
        continue;
      }
      let text: string;
      try {
        text = decode(textBytes(await Deno.readFile(path), encoding));
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error;
        const misread = error instanceof MisreadError && { misread: true as const };
        yield { place: path, problem: error.message, ...misread };
        continue;
      }
      yield { place: path, name: `${label.name}/${file.name}`, text, label: label.name };
    }
  }
}

/** What is in a folder, hidden files left out. */
async function entries(dir: string): Promise<Deno.DirEntry[]> {
  const all = (await Array.fromAsync(Deno.readDir(dir))).filter(({ name }) =>
    !name.startsWith(".")
  );
  return all.sort((a, b) => a.name < b.name ? -1 : 1);
}
