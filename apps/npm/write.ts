import { dirname, join } from "node:path";
import type { PackageFile } from "./build.ts";

/** Whether there is a package of this name in a folder. */
async function holdsPackage(folder: string): Promise<boolean> {
  const text = await Deno.readTextFile(join(folder, "package.json")).catch(() => "{}");
  try {
    return JSON.parse(text).name === "heatword";
  } catch {
    return false;
  }
}

/** Moves what an earlier run wrote out of the way, and tells where to. */
async function moveAway(folder: string): Promise<string | undefined> {
  const aside = `${folder}.${crypto.randomUUID()}.old`;
  try {
    for await (const _ of Deno.readDir(folder)) {
      if (!await holdsPackage(folder)) {
        throw new TypeError(
          `Cannot write to "${folder}": it holds something else than an earlier package; name another folder`,
        );
      }
      break;
    }
    await Deno.rename(folder, aside);
    return aside;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    return undefined;
  }
}

/**
 * Writes a package, first under a temporary name, so that the folder holds all of it or what it held.
 *
 * @param folder The folder; an earlier package in it is replaced.
 * @param files The files.
 * @returns How many bytes they have.
 * @throws {TypeError} If the folder holds something else.
 */
export async function writePackage(
  folder: string,
  files: readonly PackageFile[],
): Promise<number> {
  const target = folder.replace(/\/+$/, "");
  const temporary = `${target}.${crypto.randomUUID()}.tmp`;
  let bytes = 0;
  try {
    for (const { path, content } of files) {
      const file = join(temporary, path);
      await Deno.mkdir(dirname(file), { recursive: true });
      const data = typeof content === "string" ? new TextEncoder().encode(content) : content;
      await Deno.writeFile(file, data, path.startsWith("bin/") ? { mode: 0o755 } : {});
      bytes += data.length;
    }
    const old = await moveAway(target);
    try {
      await Deno.rename(temporary, target);
    } catch (error) {
      if (old !== undefined) await Deno.rename(old, target);
      throw error;
    }
    if (old !== undefined) await Deno.remove(old, { recursive: true });
  } catch (error) {
    await Deno.remove(temporary, { recursive: true }).catch(() => {});
    throw error;
  }
  return bytes;
}
