import { unwritable, writeFileAtomically } from "@heatword/core/files";
import { clearProgress } from "../cli/progress.ts";
import { type Format, visible, visibleJson } from "@heatword/eval/render";

const encoder = new TextEncoder();

/** Writes all of a text, or bytes, to standard output. */
export function writeOut(output: string | Uint8Array): void {
  clearProgress();
  let bytes = typeof output === "string" ? encoder.encode(output) : output;
  try {
    while (bytes.length > 0) bytes = bytes.subarray(Deno.stdout.writeSync(bytes));
  } catch (error) {
    // A reader that has seen enough is not an error.
    throw error instanceof Deno.errors.BrokenPipe ? error : unwritable("-", error);
  }
}

/** Writes all bytes to standard error. */
export function writeError(bytes: Uint8Array): void {
  if (bytes.length > 0) clearProgress();
  try {
    for (let rest = bytes; rest.length > 0;) rest = rest.subarray(Deno.stderr.writeSync(rest));
  } catch (error) {
    throw unwritable("standard error", error);
  }
}

/**
 * Writes a result to a file, whole or not at all, or to standard output. A terminal never gets
 * control characters of a document, in whatever format.
 *
 * @param text The result.
 * @param format Its format.
 * @param out The file; standard output when absent.
 */
export async function writeResult(text: string, format: Format, out?: string): Promise<void> {
  if (out !== undefined && out !== "-") {
    try {
      return await writeFileAtomically(out, text);
    } catch (error) {
      throw unwritable(out, error);
    }
  }
  const raw = format === "terminal" || !Deno.stdout.isTerminal();
  writeOut(raw ? text : format.startsWith("json") ? visibleJson(text) : visible(text));
}
