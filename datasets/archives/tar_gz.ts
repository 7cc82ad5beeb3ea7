import { unpackTar } from "modern-tar";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { safeName } from "./safe_name.ts";

/** Options of {@linkcode readTarGz}. */
export interface ReadTarGzOptions {
  /** How large the unpacked archive may be, in bytes. @default {268435456} */
  readonly maxBytes?: number;
}

const unzip = promisify(gunzip) as (
  bytes: Uint8Array,
  options: { maxOutputLength: number },
) => Promise<Uint8Array>;

/**
 * Reads the regular files of a gzipped tar archive into memory. Nothing is written anywhere, and the
 * checksums of gzip and of every tar header are checked.
 *
 * @param bytes The archive.
 * @param options How much it may hold.
 * @returns The content of each file by its name, in the order of the archive.
 * @throws {SyntaxError} If the archive is damaged, cut short or too large, or if an entry is a link, a
 * device, a name given twice, or has a name that {@linkcode safeName} refuses.
 *
 * @example
 * ```ts
 * import { readTarGz } from "@heatword/datasets/archives";
 * import { assertEquals } from "@std/assert";
 * import { packTar } from "modern-tar";
 * import { gzipSync } from "node:zlib";
 *
 * const tar = await packTar([{ header: { name: "a/b", size: 5 }, body: "moons" }]);
 * const files = await readTarGz(gzipSync(tar));
 * assertEquals(new TextDecoder().decode(files.get("a/b")), "moons");
 * ```
 */
export async function readTarGz(
  bytes: Uint8Array,
  options: ReadTarGzOptions = {},
): Promise<Map<string, Uint8Array>> {
  const { maxBytes = 2 ** 28 } = options;
  let entries;
  try {
    const tar = await unzip(bytes, { maxOutputLength: maxBytes });
    entries = await unpackTar(tar, { strict: true });
  } catch (error) {
    if ((error as { code?: string }).code === "ERR_BUFFER_TOO_LARGE") {
      throw new SyntaxError(`The archive unpacks to more than ${maxBytes} bytes`);
    }
    const why = error instanceof Error ? error.message.replace(/\.$/, "") : String(error);
    throw new SyntaxError(`The archive is damaged or cut short: ${why}`);
  }
  const files = new Map<string, Uint8Array>();
  for (const { header, data } of entries) {
    const name = safeName(header.name);
    if (header.type === "directory") continue;
    if (header.type !== "file") {
      throw new SyntaxError(`Refused the entry "${name}": a ${header.type} is not a regular file`);
    }
    if (files.has(name)) {
      throw new SyntaxError(`Refused the entry "${name}": it is there twice`);
    }
    files.set(name, data ?? new Uint8Array(0));
  }
  return files;
}
