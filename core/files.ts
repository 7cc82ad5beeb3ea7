/**
 * Reading and writing files: never from what is not a file, and so that a reader never sees half of one.
 *
 * @module
 */

function kindOf(info: Deno.FileInfo): string {
  if (info.isDirectory) return "a folder";
  if (info.isFifo) return "a named pipe";
  return info.isSocket ? "a socket" : "a device";
}

/**
 * Makes sure that a path is that of a regular file: one that has an end, and whose content stays.
 * A named pipe would be waited for, perhaps for ever.
 *
 * @param path The path.
 * @returns What the system knows of the file.
 * @throws {TypeError} If it is a folder, a pipe or a device.
 * @throws {Deno.errors.NotFound} If there is nothing.
 */
export async function statFile(path: string | URL): Promise<Deno.FileInfo> {
  const info = await Deno.stat(path);
  if (info.isFile) return info;
  const place = path instanceof URL ? decodeURIComponent(path.pathname) : path;
  throw new TypeError(`Cannot read "${place}": it is ${kindOf(info)}, not a file`);
}

/** From this size on a file is read into its place, for `Deno.readFile` copies what it has read. */
const COPIED_BYTES = 2 ** 20;

/**
 * Reads a regular file.
 *
 * @param path The path.
 * @returns Its content, as long as the file was when the reading began.
 * @throws {TypeError} If it is a folder, a pipe or a device.
 * @throws {Deno.errors.NotFound} If there is nothing.
 */
export async function readFile(path: string | URL): Promise<Uint8Array<ArrayBuffer>> {
  const { size } = await statFile(path);
  // Some files of the system have no size until they are read.
  if (size < COPIED_BYTES) return await Deno.readFile(path);
  using file = await Deno.open(path);
  const content = new Uint8Array(size);
  let length = 0;
  while (length < size) {
    const count = await file.read(content.subarray(length));
    if (count === null) return content.slice(0, length);
    length += count;
  }
  return content;
}

/**
 * The bytes of a regular file, in chunks of 64 KiB.
 *
 * @param path The path.
 * @throws {TypeError} If it is a folder, a pipe or a device.
 * @throws {Deno.errors.NotFound} If there is nothing.
 */
export async function* chunksOf(path: string | URL): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  await statFile(path);
  using file = await Deno.open(path);
  const buffer = new Uint8Array(1 << 16);
  for (let count = await file.read(buffer); count !== null; count = await file.read(buffer)) {
    yield buffer.slice(0, count);
  }
}

/** Whether a path is that of a device or a pipe, which no file may take the place of. */
async function isDevice(path: string | URL): Promise<boolean> {
  const info = await Deno.stat(path).catch(() => undefined);
  return info !== undefined && !info.isFile && !info.isDirectory;
}

/**
 * Writes a file under a temporary name in the same folder and renames it, so that the file is
 * either the old one or the whole new one. Folders above it are made. A device or a pipe is written to.
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
  const device = await isDevice(target);
  const temporary = device
    ? target
    : typeof target === "string"
    ? `${target}.${crypto.randomUUID()}.tmp`
    : new URL(`${target.href}.${crypto.randomUUID()}.tmp`);
  const folder = typeof target === "string"
    ? target.replace(/[^/]*$/, "") || "."
    : new URL(".", target);
  try {
    if (!device) await Deno.mkdir(folder, { recursive: true });
    if (typeof content === "string") await Deno.writeTextFile(temporary, content);
    else await Deno.writeFile(temporary, content);
    if (!device) await Deno.rename(temporary, target);
  } catch (error) {
    if (!device) await Deno.remove(temporary).catch(() => {});
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

/**
 * The error for a file that cannot be written, in words that name it.
 *
 * @param path The file, or `-` for standard output.
 * @param error What was thrown.
 * @returns An error of the same meaning; one that names the file already as it is.
 */
export function unwritable(path: string, error: unknown): Error {
  const { AlreadyExists, IsADirectory, NotADirectory } = Deno.errors;
  if ([AlreadyExists, IsADirectory, NotADirectory].some((kind) => error instanceof kind)) {
    return new TypeError(`Cannot write "${path}": it is a folder, or a file stands for its folder`);
  }
  if (error instanceof Deno.errors.PermissionDenied) {
    return new Deno.errors.PermissionDenied(`Not allowed to write "${path}"`);
  }
  if (!(error instanceof Error)) return new Error(String(error));
  const [, reason] = /^(.*?)(?:: \w+ '[^\n]*')? \(os error \d+\)/s.exec(error.message) ?? [];
  if (reason === undefined || error.message.startsWith("Cannot write")) return error;
  const what = reason.replace(/^\w/, (letter) => letter.toLowerCase());
  return new Error(`Cannot write ${path === "-" ? "standard output" : `"${path}"`}: ${what}`, {
    cause: error,
  });
}
