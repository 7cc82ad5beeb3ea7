/** Whether a folder holds nothing but files of the given kind; nothing if there is no folder. */
async function holdsOnly(folder: string, isKnown: (name: string) => boolean) {
  const names: string[] = [];
  try {
    for await (const { name, isFile } of Deno.readDir(folder)) {
      if (!isFile || !isKnown(name)) return { known: false, names };
      names.push(name);
    }
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    if (!(error instanceof Deno.errors.NotADirectory)) throw error;
    throw new Deno.errors.NotADirectory(`Cannot write to "${folder}": it is a file`);
  }
  return { known: true, names };
}

/**
 * Writes a whole folder under a temporary name beside its place and moves it there, so that the
 * folder is never half written. A folder that holds an older writing gives way.
 *
 * @param folder The folder.
 * @param files The content of each file, by its name.
 * @param isKnown Tells the names of files that an older writing may consist of.
 * @throws {Deno.errors.AlreadyExists} If the folder holds other files.
 */
export async function writeFolder(
  folder: string,
  files: ReadonlyMap<string, Uint8Array>,
  isKnown: (name: string) => boolean,
): Promise<void> {
  const place = folder.replace(/(?<=.)\/+$/, "");
  const found = await holdsOnly(place, isKnown);
  if (found?.known === false) {
    throw new Deno.errors.AlreadyExists(
      `Cannot write to "${folder}": the folder holds other files, name a new one`,
    );
  }
  const staged = `${place}.${crypto.randomUUID()}.tmp`;
  const aside = `${place}.${crypto.randomUUID()}.old`;
  await Deno.mkdir(staged, { recursive: true });
  try {
    for (const [name, content] of files) await Deno.writeFile(`${staged}/${name}`, content);
    if (found !== undefined) await Deno.rename(place, aside);
    try {
      await Deno.rename(staged, place);
    } catch (error) {
      if (found !== undefined) await Deno.rename(aside, place);
      throw error;
    }
  } catch (error) {
    await Deno.remove(staged, { recursive: true }).catch(() => {});
    throw error;
  }
  if (found !== undefined) await Deno.remove(aside, { recursive: true });
}
