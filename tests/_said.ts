/**
 * Lines that Deno itself writes on standard error while it fetches and prepares code, as it does on
 * a machine that runs the project for the first time; the word may be coloured.
 */
const OF_DENO =
  // deno-lint-ignore no-control-regex
  /^(?:\x1b\[\d+m)*(?:Download|Initialize|Install|Check|Bundle)(?:\x1b\[\d+m)* \S+\r?\n/gm;

/**
 * What a program said on standard error.
 *
 * @param stderr All that came, as bytes or text.
 * @returns It, without Deno's own account of what it fetched and checked.
 */
export function saidBy(stderr: Uint8Array | string): string {
  const text = typeof stderr === "string" ? stderr : new TextDecoder().decode(stderr);
  return text.replaceAll(OF_DENO, "");
}

/** What a program said on standard error beside how far it is, which it says only on slow machines. */
export function withoutProgress(stderr: string): string {
  return stderr.replaceAll(/^[^\n]+: \d+ % of [^\n]*\n/gm, "");
}
