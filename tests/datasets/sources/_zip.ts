import { configure, TextReader, Uint8ArrayWriter, ZipWriter } from "@zip.js/zip.js";

configure({ useWebWorkers: false });

/** A zip archive of these texts. */
export async function zip(
  files: Readonly<Record<string, string>>,
  options: { password?: string; externalFileAttributes?: number } = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const writer = new ZipWriter(new Uint8ArrayWriter());
  for (const [name, text] of Object.entries(files)) {
    await writer.add(name, name.endsWith("/") ? undefined : new TextReader(text), {
      directory: name.endsWith("/"),
      ...options,
    });
  }
  return new Uint8Array(await writer.close());
}
