/**
 * Runs something with a new folder, and removes the folder whatever happens.
 *
 * @param act What to run.
 */
export async function inFolder(act: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "heatword-" });
  try {
    await act(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** The names of what lies in a folder, sorted. */
export function namesIn(folder: string): string[] {
  return [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
}

/** The content of every file below a folder, by its path. */
export async function contentsBelow(folder: string): Promise<Record<string, string>> {
  const all: Record<string, string> = {};
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = `${folder}/${name}`;
    if (isDirectory) Object.assign(all, await contentsBelow(path));
    else all[path] = await Deno.readTextFile(path);
  }
  return all;
}
