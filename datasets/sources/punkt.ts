import { createHash } from "node:crypto";
import { readZip } from "../archives/zip.ts";
import { DownloadError } from "../download/download_error.ts";
import { type FetchOptions, fetchSource, type Source } from "./source.ts";

/** Punkt's tables as NLTK publishes them, at one revision. */
export const PUNKT_SOURCE: Source = {
  name: "punkt_tab.zip",
  addresses: [
    "550b6625bcef1f2abff2ff770a5a0d272c9c6b2a",
    "gh-pages",
  ].map((revision) =>
    `https://raw.githubusercontent.com/nltk/nltk_data/${revision}/packages/tokenizers/punkt_tab.zip`
  ),
  sha256: "e57f64187974277726a3417ca6f181ec5403676c717672eef6a748a7b20e0106",
  maxBytes: 2 ** 25,
};

/** The SHA-256 of each table for English. */
export const PUNKT_ENGLISH_SHA256: Readonly<Record<string, string>> = {
  "abbrev_types.txt": "92a3e070f43d9b4c5534758ca40ad7343b04e7e29bfe0c2eb658a39445a4f779",
  "collocations.tab": "8e2da1225e4dd2cc9dba261ee231ccb134859e21b46006e7f472c5ee269af0cf",
  "ortho_context.tab": "4bbcca25ed3d3f06c02402abf8419b9f033b8adc06e7b482eca4e45f81a5dc4c",
  "sent_starters.txt": "f3f8535483e1dba487241b764945168123bca3209a9645e59acd1225dc76edac",
};

/** What {@linkcode fetchPunkt} takes. */
export interface FetchPunktOptions extends FetchOptions {
  /** Where the archive is. @default {PUNKT_SOURCE} */
  readonly source?: Source;
  /** The SHA-256 of each table. @default {PUNKT_ENGLISH_SHA256} */
  readonly tables?: Readonly<Record<string, string>>;
}

/**
 * Downloads Punkt's tables for English into `punkt/english` of a data folder, unless they are there
 * already and intact. With them the tokens are exactly those of NLTK.
 *
 * @param dataDir The data folder; see `findData`.
 * @param options Where from and how.
 * @returns Whether they were downloaded.
 * @throws {DownloadError} If no address gives the tables.
 */
export async function fetchPunkt(
  dataDir: string,
  options: FetchPunktOptions = {},
): Promise<boolean> {
  const { source = PUNKT_SOURCE, tables = PUNKT_ENGLISH_SHA256, ...rest } = options;
  const folder = `${dataDir}/punkt/english`;
  if (!options.force && await isIntact(folder, tables)) return false;
  const archive = `${dataDir}/punkt/${source.name}`;
  await fetchSource(source, archive, rest);
  try {
    await unpack(await Deno.readFile(archive), folder, tables);
  } finally {
    await Deno.remove(archive);
  }
  return true;
}

async function isIntact(folder: string, tables: Readonly<Record<string, string>>) {
  for (const [name, digest] of Object.entries(tables)) {
    try {
      if (sha256(await Deno.readFile(`${folder}/${name}`)) !== digest) return false;
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return false;
      throw error;
    }
  }
  return true;
}

/** Writes the tables to a folder beside the right one, and renames it when all are there. */
async function unpack(bytes: Uint8Array, folder: string, tables: Readonly<Record<string, string>>) {
  const files = await readZip(bytes, {
    filter: (name) => name.startsWith("punkt_tab/english/"),
    maxBytes: 2 ** 25,
  });
  const temporary = `${folder}.${crypto.randomUUID()}.tmp`;
  await Deno.mkdir(temporary, { recursive: true });
  try {
    for (const [name, digest] of Object.entries(tables)) {
      const table = files.get(`punkt_tab/english/${name}`);
      if (!table || sha256(table) !== digest) {
        throw new DownloadError(`Cannot use the archive of Punkt's tables: "${name}" is not right`);
      }
      await Deno.writeFile(`${temporary}/${name}`, table);
    }
    await Deno.remove(folder, { recursive: true }).catch(() => {});
    await Deno.rename(temporary, folder);
  } catch (error) {
    await Deno.remove(temporary, { recursive: true }).catch(() => {});
    throw error;
  }
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
