import { writeFileAtomically } from "@heatword/core/files";
import { type Format, visible, visibleJson } from "../render/mod.ts";

const encoder = new TextEncoder();

/** Writes all of a text, or bytes, to standard output. */
export function writeOut(output: string | Uint8Array): void {
  let bytes = typeof output === "string" ? encoder.encode(output) : output;
  while (bytes.length > 0) bytes = bytes.subarray(Deno.stdout.writeSync(bytes));
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
  if (out !== undefined && out !== "-") return await writeFileAtomically(out, text);
  const raw = format === "terminal" || !Deno.stdout.isTerminal();
  writeOut(raw ? text : format.startsWith("json") ? visibleJson(text) : visible(text));
}
