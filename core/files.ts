/**
 * Writing files so that a reader never sees half of one.
 *
 * @module
 */

/**
 * Writes a file under a temporary name in the same folder and renames it, so that the file is
 * either the old one or the whole new one. Folders above it are made.
 *
 * @param path The file.
 * @param content Its content; text is written as UTF-8.
 * @throws {Deno.errors.PermissionDenied} If the folder cannot be written.
 */
export async function writeFileAtomically(
  path: string | URL,
  content: string | Uint8Array | ReadableStream<Uint8Array>,
): Promise<void> {
  const target = path instanceof URL ? path : String(path);
  const temporary = typeof target === "string"
    ? `${target}.${crypto.randomUUID()}.tmp`
    : new URL(`${target.href}.${crypto.randomUUID()}.tmp`);
  const folder = typeof target === "string"
    ? target.replace(/[^/]*$/, "") || "."
    : new URL(".", target);
  await Deno.mkdir(folder, { recursive: true });
  try {
    if (typeof content === "string") await Deno.writeTextFile(temporary, content);
    else await Deno.writeFile(temporary, content);
    await Deno.rename(temporary, target);
  } catch (error) {
    await Deno.remove(temporary).catch(() => {});
    throw error;
  }
}
