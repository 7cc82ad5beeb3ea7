import { configure, Uint8ArrayReader, Uint8ArrayWriter, ZipReader } from "@zip.js/zip.js";
import { safeName } from "./safe_name.ts";

/** Options of {@linkcode readZip}. */
export interface ReadZipOptions {
  /** Which files are read, by their names. @default {all} */
  readonly filter?: (name: string) => boolean;
  /** How large the files that are read may be, unpacked and together, in bytes. @default {268435456} */
  readonly maxBytes?: number;
}

configure({ useWebWorkers: false });

const FILE_TYPE = 0o170000;
const REGULAR = 0o100000;

/**
 * Reads files of a zip archive into memory. Nothing is written anywhere, and every checksum is checked.
 *
 * @param bytes The archive.
 * @param options Which files, and how much they may hold.
 * @returns The content of each file by its name, in the order of the archive.
 * @throws {SyntaxError} If the archive is damaged, cut short, encrypted or too large, or if an entry is
 * a link or a device, a name given twice, or has a name that {@linkcode safeName} refuses.
 *
 * @example
 * ```ts
 * import { readZip } from "@heatword/datasets/archives";
 * import { assertEquals } from "@std/assert";
 * import { TextReader, Uint8ArrayWriter, ZipWriter } from "@zip.js/zip.js";
 *
 * const writer = new ZipWriter(new Uint8ArrayWriter());
 * await writer.add("a/b", new TextReader("moons"));
 * const files = await readZip(await writer.close());
 * assertEquals(new TextDecoder().decode(files.get("a/b")), "moons");
 * ```
 */
export async function readZip(
  bytes: Uint8Array,
  options: ReadZipOptions = {},
): Promise<Map<string, Uint8Array>> {
  const { filter = () => true, maxBytes = 2 ** 28 } = options;
  const reader = new ZipReader(new Uint8ArrayReader(bytes), { checkSignature: true });
  const files = new Map<string, Uint8Array>();
  let left = maxBytes;
  for (const entry of await orDamaged(() => reader.getEntries())) {
    const name = safeName(entry.filename);
    if (entry.directory) continue;
    const type = (entry.externalFileAttributes >>> 16) & FILE_TYPE;
    if (type !== 0 && type !== REGULAR) {
      throw new SyntaxError(`Refused the entry "${name}": it is not a regular file`);
    }
    if (files.has(name)) {
      throw new SyntaxError(`Refused the entry "${name}": it is there twice`);
    }
    if (entry.encrypted) throw new SyntaxError(`Refused the entry "${name}": it is encrypted`);
    if (!filter(name)) continue;
    left -= entry.uncompressedSize;
    if (left < 0) throw new SyntaxError(`The archive unpacks to more than ${maxBytes} bytes`);
    const writer = new LimitedWriter(entry.uncompressedSize);
    files.set(name, await orDamaged(() => entry.getData(writer)));
  }
  return files;
}

/** Refuses more bytes than the entry says that it has. */
class LimitedWriter extends Uint8ArrayWriter {
  #left: number;

  constructor(size: number) {
    super();
    this.#left = size;
  }

  override writeUint8Array(bytes: Uint8Array): Promise<void> {
    this.#left -= bytes.length;
    if (this.#left < 0) throw new SyntaxError("an entry is larger than it says");
    return super.writeUint8Array(bytes);
  }
}

async function orDamaged<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/\.$/, "") : String(error);
    throw new SyntaxError(`The archive is damaged or unsafe: ${why}`);
  }
}
