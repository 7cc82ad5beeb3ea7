/** A file of a folder of texts. */
export interface FolderEntry {
  /** Its path in the folder. */
  readonly path: string;
  /** Why it cannot be read. */
  readonly fault?: string;
}

async function collect(
  folder: string,
  below: string,
  ours: ReadonlySet<string>,
  found: FolderEntry[],
): Promise<void> {
  const here = await Deno.realPath(`${folder}/${below}`);
  for await (const entry of Deno.readDir(here)) {
    const path = below + entry.name;
    if (entry.name.startsWith(".") || ours.has(`${here}/${entry.name}`)) continue;
    if (entry.isDirectory) await collect(folder, `${path}/`, ours, found);
    else if (entry.isFile) found.push({ path });
    else found.push({ path, fault: "It is not a file, but a link, a pipe or a device" });
  }
}

/**
 * Lists all files below a folder, sorted by path, so that every run has the same order. Hidden files
 * are left out.
 *
 * @param folder The folder.
 * @param ours Real paths of files that are left out too.
 */
export async function listFolder(
  folder: string,
  ours: ReadonlySet<string>,
): Promise<FolderEntry[]> {
  const found: FolderEntry[] = [];
  await collect(folder, "", ours, found);
  return found.sort((a, b) => a.path < b.path ? -1 : 1);
}
