/**
 * Lines that Deno itself writes on standard error while it fetches and prepares code, as it does on
 * a machine that runs the project for the first time; the word may be coloured.
 */
const OF_DENO =
  // deno-lint-ignore no-control-regex
  /^(?:\x1b\[\d+m)*(?:Download|Initialize|Install|Check|Bundle)(?:\x1b\[\d+m)* \S+\r?\n/gm;

/** Lines of progress, which every program writes on a machine that is slow enough. */
const PROGRESS = /^[^\n]*: \d+ % of \d[^\n]*\n/gm;

/** What came on standard error, but for what Deno itself says of what it fetched and checked. */
function ownLines(stderr: Uint8Array | string): string {
  const text = typeof stderr === "string" ? stderr : new TextDecoder().decode(stderr);
  return text.replaceAll(OF_DENO, "");
}

/**
 * What a program said on standard error.
 *
 * @param stderr All that came, as bytes or text.
 * @returns It, without Deno's own account of what it fetched and checked, and without progress.
 */
export function saidBy(stderr: Uint8Array | string): string {
  return ownLines(stderr).replaceAll(PROGRESS, "");
}

/**
 * The progress that a program told on standard error.
 *
 * @param stderr All that came, as bytes or text.
 * @returns Its lines.
 */
export function progressOf(stderr: Uint8Array | string): string {
  return (ownLines(stderr).match(PROGRESS) ?? []).join("");
}
