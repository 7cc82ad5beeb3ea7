import { readFile } from "@heatword/core/files";
import { PUNKT_TAB_FILES } from "./_punkt_tab_files.ts";
import { PunktParameters } from "./punkt_parameters.ts";

/**
 * Reads Punkt parameters from a folder with the layout of `punkt_tab` in nltk_data:
 * `abbrev_types.txt` and `sent_starters.txt` with one type a line, `collocations.tab` with two types
 * a line and `ortho_context.tab` with a type and its flags, all in UTF-8 and tab-separated. Blanks in a
 * type count.
 *
 * @param dir The folder.
 * @returns The parameters.
 * @throws {Deno.errors.NotFound} If a file is missing.
 * @throws {SyntaxError} If a line is malformed.
 *
 * @example
 * ```ts
 * import { PunktParameters, readPunktTab, writePunktTab } from "@heatword/datasets/nltk";
 * import { assertEquals } from "@std/assert";
 *
 * const parameters = new PunktParameters();
 * parameters.abbrevTypes.add("approx");
 * const dir = await Deno.makeTempDir();
 * await writePunktTab(dir, parameters);
 * assertEquals(await readPunktTab(dir), parameters);
 * await Deno.remove(dir, { recursive: true });
 * ```
 */
export async function readPunktTab(dir: string): Promise<PunktParameters> {
  const parameters = new PunktParameters();
  await eachLine(dir, PUNKT_TAB_FILES.abbrevTypes, 1, ([type]) => {
    parameters.abbrevTypes.add(type!);
  });
  await eachLine(dir, PUNKT_TAB_FILES.collocations, 2, ([first, second]) => {
    parameters.addCollocation(first!, second!);
  });
  await eachLine(dir, PUNKT_TAB_FILES.sentStarters, 1, ([type]) => {
    parameters.sentStarters.add(type!);
  });
  await eachLine(dir, PUNKT_TAB_FILES.orthoContext, 2, ([type, flags]) => {
    if (!/^\d{1,3}$/.test(flags!)) throw new SyntaxError("its flags are not a number");
    parameters.addOrthoContext(type!, Number(flags));
  });
  return parameters;
}

async function eachLine(
  dir: string,
  name: string,
  fields: 1 | 2,
  take: (values: string[]) => void,
): Promise<void> {
  const path = `${dir}/${name}`;
  const lines = decode(path, await readBytes(dir, path)).split("\n");
  for (const [index, line] of lines.entries()) {
    if (line === "") continue;
    try {
      const values = fields === 1 ? [line] : line.split("\t");
      if (values.length !== fields) throw new SyntaxError("it needs two fields with a tab between");
      take(values);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      throw new SyntaxError(`Cannot read line ${index + 1} of "${path}": ${error.message}`);
    }
  }
}

async function readBytes(dir: string, path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    const files = Object.values(PUNKT_TAB_FILES).join(", ");
    throw new Deno.errors.NotFound(
      `Cannot read Punkt parameters from "${dir}": there is no "${path}"; the files are ${files}`,
    );
  }
}

function decode(path: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new SyntaxError(`Cannot read "${path}": it is not UTF-8`);
  }
}
