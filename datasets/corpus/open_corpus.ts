import { isGranted } from "@heatword/core/permissions";
import type { OnProgress } from "@heatword/core";
import { findData } from "../folders.ts";
import { DownloadError } from "../download/mod.ts";
import { loadMiniature } from "../miniature/mod.ts";
import { hasNewsgroups } from "../newsgroups/mod.ts";
import { fetchNewsgroups, fetchPunkt } from "../sources/mod.ts";
import { type Corpus, newsgroupCorpus, readNewsgroups } from "./corpus.ts";

/** A corpus, and the model to use with it where there is nothing to train on. */
export interface OpenedCorpus extends Corpus {
  /** The folder of a model. */
  readonly pretrained?: string;
}

/** Which corpus of newsgroups, and where. */
export interface CorpusSource {
  /** Which corpus; `auto` takes the real one where it is or can be downloaded. */
  readonly corpus: "auto" | "newsgroups" | "miniature";
  /** The data folder, when one was named. */
  readonly data?: string;
  /** Whether nothing is to be downloaded. */
  readonly offline: boolean;
}

/** What is said of a run on the miniature corpus, at its start, at its end and in its report. */
export const miniatureNotice: string =
  "MINIATURE CORPUS: 140 posts written for this project, and the pretrained model. The figures show " +
  "how everything works; they are not the paper's. To get the real corpus, run " +
  '"deno task fetch", then "deno task reproduce --corpus newsgroups".';

/** The folder of the model that comes with the project. */
export function pretrainedModel(): string {
  const module = import.meta.resolve("../newsgroups/mod.ts");
  return decodeURIComponent(new URL("./pretrained", module).pathname);
}

/** Reads the miniature corpus. */
export async function readMiniature(onProgress: OnProgress): Promise<OpenedCorpus> {
  return {
    name: "the miniature corpus",
    notices: [miniatureNotice],
    comparable: false,
    pretrained: pretrainedModel(),
    ...await newsgroupCorpus(await loadMiniature(), undefined, onProgress),
  };
}

/** Whether a download failed for reasons that lie outside: no network, no permission to use it. */
const cannotDownload = (error: unknown): error is Error =>
  error instanceof DownloadError || error instanceof Deno.errors.NotCapable;

async function download(data: string, onProgress: OnProgress): Promise<void> {
  if (!isGranted({ name: "net" })) {
    throw new Deno.errors.NotCapable("Downloading it needs permission to use the network");
  }
  const options = { onProgress, retries: 1 };
  await fetchNewsgroups(data, options);
  // Without the tables the built-in ones are taken, which give nearly the same tokens.
  await fetchPunkt(data, options).catch((error) => {
    if (!cannotDownload(error)) throw error;
  });
}

/**
 * Finds and reads the corpus: the real one where it is or can be downloaded, else the miniature,
 * unless one of the two was asked for by name.
 *
 * @param settings Which corpus, and where.
 * @param onProgress Called with progress.
 * @param onNotice Called with each line that a person should know.
 * @throws {Deno.errors.NotFound} If the real corpus was asked for and cannot be had.
 * @throws {SyntaxError} If the real corpus is damaged.
 */
export async function openCorpus(
  settings: CorpusSource,
  onProgress: OnProgress,
  onNotice: (line: string) => void,
): Promise<OpenedCorpus> {
  if (settings.corpus === "miniature") return await readMiniature(onProgress);
  const data = findData(settings.data);
  if (!hasNewsgroups(data) && !settings.offline) {
    try {
      onNotice(`The corpus is not in "${data}": trying to download it`);
      await download(data, onProgress);
    } catch (error) {
      if (!cannotDownload(error)) throw error;
      onNotice(error.message);
    }
  }
  if (!hasNewsgroups(data) && settings.corpus === "auto") return await readMiniature(onProgress);
  return await readNewsgroups(data, onProgress);
}
