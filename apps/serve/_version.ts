/** How exactly file systems tell when a file was written, in milliseconds. */
const COARSEST = 2000;

/**
 * What tells the versions of a file apart, without reading it.
 *
 * @param file What the system says of it.
 * @param now The time, in milliseconds.
 * @returns The version, or undefined of a file so new that it could be written again at what counts as
 * the same time.
 */
export function versionOf(
  { size, mtime, ino }: Pick<Deno.FileInfo, "size" | "mtime" | "ino">,
  now: number = Date.now(),
): string | undefined {
  if (mtime === null || Math.abs(now - mtime.getTime()) < COARSEST) return undefined;
  return [size, mtime.getTime(), ino ?? 0].map((value) => value.toString(36)).join("-");
}

/** Whether a client has one of the versions it names; a compressed one is the same, weakly. */
export function isKnown(etag: string, header: string | null): boolean {
  const named = (header ?? "").split(",").map((one) => one.trim().replace(/^W\//, ""));
  return named.includes(etag) || named.includes("*");
}
