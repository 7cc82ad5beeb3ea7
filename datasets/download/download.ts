import { createHash } from "node:crypto";
import { BeyondEndError } from "./_open_body.ts";
import { downloadStream, type DownloadStreamOptions } from "./download_stream.ts";
import { DownloadError } from "./download_error.ts";

/** Options of {@linkcode download}. */
export interface DownloadOptions extends Omit<DownloadStreamOptions, "from" | "checked"> {
  /** The SHA-256 that the file must have, 64 hexadecimal digits. @default {any} */
  readonly sha256?: string;
  /** Throws if the file at the path that it is given is not what it should be. @default {takes any} */
  readonly verify?: (path: string) => Promise<void>;
}

/**
 * Downloads a file. It is written beside the target as `TARGET.part`, checked, and only then renamed, so
 * the target is whole or not there. A part that a killed run left is gone on with when there is a check
 * that will tell whether the pieces fit.
 *
 * @param addresses Where the file is, the best first.
 * @param target The path to write; a file that is there is replaced.
 * @param options The check, limits and patience.
 * @throws {DownloadError} If no address gives the right file, or another process downloads it.
 *
 * @example
 * ```ts
 * import { download } from "@heatword/datasets/download";
 * import { assertEquals } from "@std/assert";
 *
 * await using server = Deno.serve(
 *   { hostname: "127.0.0.1", port: 0, onListen: () => {} },
 *   () => new Response("moon"),
 * );
 * const target = await Deno.makeTempFile();
 * await download([`http://127.0.0.1:${server.addr.port}/moon`], target, {
 *   sha256: "9e78b43ea00edcac8299e0cc8df7f6f913078171335f733a21d5d911b6999132",
 * });
 * assertEquals(await Deno.readTextFile(target), "moon");
 * await Deno.remove(target);
 * ```
 */
export async function download(
  addresses: readonly string[],
  target: string,
  options: DownloadOptions = {},
): Promise<void> {
  const name = options.name ?? target.split("/").at(-1)!;
  if (options.offline) throw new DownloadError(`Cannot download ${name}: working offline`);
  const checked = options.sha256 !== undefined || options.verify !== undefined;
  const stream = { ...options, name, checked };
  const path = `${target}.part`;
  await Deno.mkdir(target.replace(/[^/]*$/, "") || ".", { recursive: true });
  const part = await Deno.open(path, { create: true, read: true, write: true });
  if (!(await part.tryLock(true))) {
    part.close();
    throw new DownloadError(`Cannot download ${name}: another process is writing "${path}"`);
  }
  let keep = false;
  try {
    const { size } = await part.stat();
    const from = checked ? size : 0;
    keep = checked;
    try {
      await append(part, from, downloadStream(addresses, { ...stream, from }));
    } catch (error) {
      // The part is longer than the file, so it is none of it.
      if (from === 0 || !((error as Error).cause instanceof BeyondEndError)) throw error;
      await append(part, 0, downloadStream(addresses, stream));
    }
    keep = false;
    let why = await problemOf(path, options);
    // Pieces that came at different times or from different places may not fit: each place anew.
    if (why !== undefined && (from > 0 || addresses.length > 1)) {
      for (const address of addresses) {
        try {
          await append(part, 0, downloadStream([address], stream));
          why = await problemOf(path, options);
        } catch (error) {
          if (!(error instanceof DownloadError)) throw error;
        }
        if (why === undefined) break;
      }
    }
    if (why !== undefined) throw new DownloadError(`Cannot download ${name}: ${why}`);
    await Deno.rename(path, target);
    keep = true;
  } finally {
    if (!keep || (await part.stat()).size === 0) await Deno.remove(path).catch(() => {});
    part.close();
  }
}

async function append(
  file: Deno.FsFile,
  from: number,
  chunks: AsyncIterable<Uint8Array>,
): Promise<void> {
  await file.truncate(from);
  await file.seek(from, Deno.SeekMode.Start);
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length;) at += await file.write(chunk.subarray(at));
  }
}

async function problemOf(path: string, options: DownloadOptions): Promise<string | undefined> {
  const { sha256, verify } = options;
  if (sha256 !== undefined) {
    const found = await digestOf(path);
    if (found !== sha256) return `its SHA-256 is ${found} and not ${sha256}`;
  }
  try {
    await verify?.(path);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return undefined;
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  using file = await Deno.open(path);
  for await (const chunk of file.readable) hash.update(chunk);
  return hash.digest("hex");
}
