import { basename, dirname, resolve } from "node:path";

/** A file or folder that a program reads or writes. */
export interface PathUse {
  /** The path. */
  readonly path: string;
  /** What it is to the program: `the output`. */
  readonly what: string;
  /** Of a folder that is read: whether only its place counts, not what its links lead to. */
  readonly shallow?: boolean;
}

/** What tells one file from others. */
interface Identity {
  /** The path without links; of what is not there yet, as it will be. */
  readonly real: string;
  /** What the system knows, when it is there. */
  readonly info?: Deno.FileInfo;
}

async function identify(path: string, links = 40): Promise<Identity> {
  try {
    return { real: await Deno.realPath(path), info: await Deno.stat(path) };
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) throw error;
  }
  // A link that leads nowhere yet leads to what will be written.
  const target = await Deno.readLink(path).catch(() => undefined);
  const folder = dirname(path);
  if (target !== undefined && links > 0) return await identify(resolve(folder, target), links - 1);
  if (folder === path) return { real: path };
  const { real } = await identify(folder);
  return { real: `${real.replace(/\/$/, "")}/${basename(path)}` };
}

function isSame(a: Identity, b: Identity): boolean {
  if (a.real === b.real) return true;
  if (!a.info?.ino || !b.info?.ino) return false;
  return a.info.ino === b.info.ino && a.info.dev === b.info.dev;
}

/** Whether a file is one of those below a folder, itself or by a link. */
async function isBelow(
  file: Identity,
  folder: string,
  except: ReadonlySet<string>,
): Promise<boolean> {
  for await (const { name } of Deno.readDir(folder)) {
    const path = `${folder.replace(/\/$/, "")}/${name}`;
    if (except.has(path)) continue;
    const entry = await Deno.lstat(path);
    if (
      entry.isDirectory ? await isBelow(file, path, except) : isSame(file, await identify(path))
    ) {
      return true;
    }
  }
  return false;
}

async function isRead(
  written: Identity,
  { path, shallow }: PathUse,
  except: ReadonlySet<string>,
): Promise<boolean> {
  const read = await identify(path);
  if (!read.info?.isDirectory) return isSame(written, read);
  if (!written.info || except.has(written.real)) return false;
  if (written.real.startsWith(`${read.real.replace(/\/$/, "")}/`)) return true;
  return !shallow && await isBelow(written, read.real, except);
}

/**
 * Makes sure that nothing that a program writes would take the place of something that it reads, or of
 * something else that it writes: not under another name, nor by symbolic or hard links. To be called
 * before anything is opened for writing.
 *
 * @param writes All files to be written, temporary ones too.
 * @param reads All files and folders that are read; a folder stands for the files in it.
 * @param except Files in these folders that are not read, by their real paths.
 * @throws {RangeError} If one would.
 */
export async function keepApart(
  writes: readonly PathUse[],
  reads: readonly PathUse[],
  except: ReadonlySet<string> = new Set(),
): Promise<void> {
  const identities: Identity[] = [];
  for (const [i, { path, what }] of writes.entries()) {
    const written = await identify(path);
    identities.push(written);
    // Devices and pipes lose nothing.
    if (written.info && !written.info.isFile && !written.info.isDirectory) continue;
    const other = identities.slice(0, i).findIndex((earlier) => isSame(earlier, written));
    if (other >= 0) {
      throw new RangeError(
        `Cannot write ${writes[other]!.what} and ${what} to the same file "${path}"`,
      );
    }
    for (const read of reads) {
      if (await isRead(written, read, except)) {
        throw new RangeError(`Cannot write ${what} over ${read.what} "${path}": name another file`);
      }
    }
  }
}

/** The files in a folder that a program may replace or remove there. */
export async function filesLike(folder: string, name: RegExp, what: string): Promise<PathUse[]> {
  const found: PathUse[] = [];
  try {
    for await (const entry of Deno.readDir(folder)) {
      if (name.test(entry.name)) found.push({ path: `${folder}/${entry.name}`, what });
    }
  } catch (error) {
    const { NotADirectory, NotFound } = Deno.errors;
    if (!(error instanceof NotFound || error instanceof NotADirectory)) throw error;
  }
  return found;
}
