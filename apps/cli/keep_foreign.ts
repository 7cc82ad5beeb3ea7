import { basename, extname } from "node:path";
import type { PathUse } from "./keep_apart.ts";

/** What files look like that programs write under a name of their own choice. */
const SIGNS: Readonly<Record<string, RegExp>> = {
  "metrics.json": /^\{[^]*"macroF1":/,
  "model.json": /^\{\s*"format":\s*"heatword-/,
  "beyond.json": /^\{\n {2}"explainers": \[[^\]]*\],\n {2}"tasks": \[/,
  "ledger.json": /^\[(\]|\n {2}\{\n {4}"id": )/,
  "trust.json": /^\{[^]*\n {2}"documents": \d+,\n {2}"seeds": \d+,/,
  "trust.csv": /^explainer,control,verdict,measure,/,
  "audit.json": /^\{\n {2}"model": [^]*\n {2}"threshold": /,
  "repair.json": /^\{\n {2}"model": [^]*\n {2}"against": /,
  "repair.csv": /^way,figure,texts,before,/,
  "audit.csv": /^rank,kind,what,class,/,
  "diff.json": /^\{\n {2}"models": \[[^]*\n {2}"wordMargin": /,
  "words.csv": /^class,side,(rank|word),/,
  "filters.csv": /^filter,fired,mean,documents/,
  "ngrams.csv": /^filter,list,rank,/,
};

/** The same for all files of a kind. */
const SIGNS_OF_KINDS: Readonly<Record<string, RegExp>> = {
  ".csv": /^id,class,predicted,/,
  ".html":
    /<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'(?:; script-src 'sha256-[\w+/=]+')?">/,
  ".jsonl": /^\{"heatword":\d+,"/,
  ".svg": /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"[^>]* role="img"/,
};

/** How much of a file tells what it is. */
const HEAD = 65536;

/** The first characters of a file, or nothing where there is none that could be lost. */
async function headOf(path: string): Promise<string | undefined> {
  const info = await Deno.stat(path).catch((error) => {
    if (error instanceof Deno.errors.NotCapable) throw error;
  });
  if (!info?.isFile || info.size === 0) return undefined;
  using file = await Deno.open(path);
  const bytes = new Uint8Array(Math.min(HEAD, info.size));
  let length = 0;
  while (length < bytes.length) {
    const read = await file.read(bytes.subarray(length));
    if (!read) break;
    length += read;
  }
  return new TextDecoder().decode(bytes.subarray(0, length));
}

/**
 * Makes sure that files which a program writes into a folder, under names of its own choice, take the
 * place of none but such as a program wrote there before: anything else of that name is somebody's
 * work. To be called before anything is opened for writing.
 *
 * @param writes The files to be written.
 * @throws {RangeError} If one is there that looks otherwise.
 */
export async function keepForeign(writes: readonly PathUse[]): Promise<void> {
  for (const { path, what } of writes) {
    const sign = SIGNS[basename(path)] ?? SIGNS_OF_KINDS[extname(path)];
    const head = await headOf(path);
    if (head === undefined || sign?.test(head)) continue;
    throw new RangeError(
      `Cannot write ${what} over "${path}", which no program of heatword wrote: name another ` +
        "folder, or move the file",
    );
  }
}
