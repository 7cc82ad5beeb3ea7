/** The root of the repository. */
export const root = new URL("../../", import.meta.url);

/** Folders that hold nothing a reader is meant to read. */
const SKIPPED = new Set(["node_modules", "tests", "posts", "data", "out", "cache"]);

/** The files below a folder with an ending, from the root of the repository, in order. */
export function filesBelow(folder: string, ending: string): string[] {
  const found: string[] = [];
  for (const { name, isDirectory } of Deno.readDirSync(new URL(`./${folder}`, root))) {
    if (name.startsWith(".")) continue;
    if (isDirectory && !SKIPPED.has(name)) found.push(...filesBelow(`${folder}${name}/`, ending));
    if (!isDirectory && name.endsWith(ending)) found.push(`${folder}${name}`);
  }
  return found.sort();
}

/** A file of the repository as text. */
export function readRepositoryFile(path: string): string {
  return Deno.readTextFileSync(new URL(`./${path}`, root));
}

/** Every document of the repository, from its root: the README first. */
export function documents(): string[] {
  const all = filesBelow("", ".md");
  return ["README.md", ...all.filter((path) => path !== "README.md")];
}

/** The first module that a document shows, or another one. */
export function moduleIn(document: string, index = 0): string {
  const blocks = [...readRepositoryFile(document).matchAll(/^```ts\n([^]*?)^```/gm)];
  return blocks[index]![1]!;
}
