import { PUNKT_TAB_FILES } from "./_punkt_tab_files.ts";
import type { PunktParameters } from "./punkt_parameters.ts";

/**
 * Writes Punkt parameters to a folder with the layout of `punkt_tab` in nltk_data, each table sorted.
 * The tables are written under temporary names first, so that a failure leaves the old ones.
 *
 * @param dir The folder; it is made if it is missing.
 * @param parameters What to write.
 * @throws {Deno.errors.AlreadyExists} If `dir` is a file.
 *
 * @example
 * ```ts
 * import { englishParameters, writePunktTab } from "@heatword/datasets/nltk";
 *
 * const dir = await Deno.makeTempDir();
 * await writePunktTab(dir, englishParameters());
 * await Deno.remove(dir, { recursive: true });
 * ```
 */
export async function writePunktTab(dir: string, parameters: PunktParameters): Promise<void> {
  const { abbrevTypes, collocations, sentStarters, orthoContext } = parameters;
  const tables: [string, string[]][] = [
    [PUNKT_TAB_FILES.abbrevTypes, [...abbrevTypes]],
    [
      PUNKT_TAB_FILES.collocations,
      [...collocations].flatMap(([first, seconds]) =>
        [...seconds].map((second) => `${first}\t${second}`)
      ),
    ],
    [PUNKT_TAB_FILES.sentStarters, [...sentStarters]],
    [PUNKT_TAB_FILES.orthoContext, [...orthoContext].map(([type, flags]) => `${type}\t${flags}`)],
  ];
  await makeFolder(dir);
  const renames: [string, string][] = [];
  try {
    for (const [name, lines] of tables) {
      const temporary = `${dir}/.${name}.${crypto.randomUUID()}.tmp`;
      renames.push([temporary, `${dir}/${name}`]);
      await Deno.writeTextFile(temporary, lines.sort().map((line) => `${line}\n`).join(""));
    }
    for (const [temporary, path] of renames) await Deno.rename(temporary, path);
  } finally {
    for (const [temporary] of renames) await Deno.remove(temporary).catch(() => {});
  }
}

async function makeFolder(dir: string): Promise<void> {
  try {
    await Deno.mkdir(dir, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
    throw new Deno.errors.AlreadyExists(`Cannot write Punkt parameters to "${dir}": it is a file`);
  }
}
