import { writeFileAtomically } from "@heatword/core/files";
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

/** The error for a file that cannot be written, in the words of this program. */
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
