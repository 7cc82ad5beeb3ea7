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
 * @throws {Error} If it cannot be written for another reason, or the content fails.
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
  try {
    await Deno.mkdir(folder, { recursive: true });
    if (typeof content === "string") await Deno.writeTextFile(temporary, content);
    else await Deno.writeFile(temporary, content);
    await Deno.rename(temporary, target);
  } catch (error) {
    await Deno.remove(temporary).catch(() => {});
    throw await explained(error, target);
  }
}

/** What the system says of the temporary file, said of the file that was asked for. */
async function explained(error: unknown, target: string | URL): Promise<unknown> {
  if (!(error instanceof Error) || !/\(os error \d+\)/.test(error.message)) return error;
  const isFolder = await Deno.stat(target).then((info) => info.isDirectory).catch(() => false);
  const reason = isFolder
    ? "it is a folder"
    : error.message.replace(/ \(os error .*/s, "").replace(/^\w/, (c) => c.toLowerCase());
  const path = target instanceof URL ? decodeURIComponent(target.pathname) : target;
  // The class tells callers what went wrong, so it stays.
  const ErrorClass = error.constructor as new (message: string, options: ErrorOptions) => Error;
  return new ErrorClass(`Cannot write "${path}": ${reason}`, { cause: error });
}
