/// <reference lib="dom" />
import type { Corpus, Text, Texts } from "../_corpora.ts";
import type { ModelFile } from "@heatword/core/models";
import type { PunktTables } from "../_model_files.ts";
import { modelRoots } from "./model_roots.ts";
import type { ModelFiles } from "./protocol.ts";

/** A corpus with its articles, as a page that needs no server carries it. */
export interface EmbeddedCorpus extends Corpus {
  readonly articles: readonly Text[];
}

/** A model, as a page that needs no server carries it. */
export interface EmbeddedModel {
  /** Its name. */
  readonly name: string;
  /** Which of the scripts its workers run. */
  readonly script: number;
  /** Its files in base64, by their names. */
  readonly files: Readonly<Record<string, string>>;
}

/** All that a page without a server carries. */
export interface Embedded {
  /** The scripts of workers. */
  readonly scripts: readonly string[];
  /** The model, and the one that is compared with it where there is one. */
  readonly models: readonly EmbeddedModel[];
  /** What Punkt knows. */
  readonly punkt: PunktTables | null;
  /** The articles. */
  readonly corpora: readonly EmbeddedCorpus[];
}

/** Called with how many bytes are there, of how many. */
export type OnBytes = (done: number, total: number) => void;

/** Where the page gets a model from. */
export interface ModelSource {
  /** Its name. */
  readonly name: string;
  /** The address below which the page's server answers for it, if no browser runs it. */
  readonly base: string;
  /** The script of its workers. */
  worker(): Promise<string>;
  /** Its files. */
  files(onBytes: OnBytes): Promise<ModelFiles>;
}

/** Where the page gets its models and its articles from. */
export interface PageSource {
  /** The model, and the one that is compared with it where there is one. */
  models(): Promise<readonly ModelSource[]>;
  /** What Punkt knows. */
  punkt(): Promise<PunktTables | null>;
  /** The collections of articles. */
  corpora(): Promise<readonly Corpus[]>;
  /** The ids of the articles of a collection. */
  ids(corpus: string): Promise<readonly string[]>;
  /** Some of the articles of a collection: as many as asked for, from one on. */
  texts(corpus: string, from: number, count: number): Promise<Texts>;
  /** An article. */
  article(corpus: string, id: string): Promise<Text>;
}

function notHere(corpus: string, id: string): Error {
  return new Error(`There is no article "${corpus}/${id}" here`);
}

function decodeBase64(text: string): Uint8Array {
  if (typeof Uint8Array.fromBase64 === "function") return Uint8Array.fromBase64(text);
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

/** The source of a page that carries everything. */
function embeddedSource({ scripts, models, punkt, corpora }: Embedded): PageSource {
  const find = (name: string) => corpora.find((corpus) => corpus.name === name);
  return {
    models: () =>
      Promise.resolve(models.map(({ name, script, files }) => ({
        name,
        base: location.origin,
        worker: () => Promise.resolve(scripts[script]!),
        files: () =>
          Promise.resolve(
            new Map(Object.entries(files).map(([name, content]) => [name, decodeBase64(content)])),
          ),
      }))),
    punkt: () => Promise.resolve(punkt),
    corpora: () => Promise.resolve(corpora),
    ids: (corpus) => Promise.resolve(find(corpus)?.articles.map(({ id }) => id) ?? []),
    texts(corpus, from, count) {
      const articles = find(corpus)?.articles ?? [];
      return Promise.resolve({
        total: articles.length,
        texts: articles.slice(from, from + count),
      });
    },
    article(corpus, id) {
      const found = find(corpus)?.articles.find((article) => article.id === id);
      return found ? Promise.resolve(found) : Promise.reject(notHere(corpus, id));
    },
  };
}

/** How long the server may send nothing before it is given up, in milliseconds. */
const SILENCE = 30_000;

/** Gets a file and reads it; what breaks off or stalls on the way is said, with its name. */
async function get<T>(
  path: string,
  read: (response: Response, heard: () => void) => Promise<T>,
): Promise<T> {
  const given = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const heard = () => {
    clearTimeout(timer);
    timer = setTimeout(() => given.abort(), SILENCE);
  };
  heard();
  try {
    const response = await fetch(path, { signal: given.signal }).catch((): never => {
      throw new Error("The server does not answer: what is not loaded yet cannot be had");
    });
    if (!response.ok) {
      const problem = await response.json().catch(() => ({}));
      throw new Error(problem.detail ?? `The server answers ${response.status} for "${path}"`);
    }
    return await read(response, heard).catch((): never => {
      throw new Error(`The download of "${path}" broke off`);
    });
  } catch (error) {
    if (!given.signal.aborted) throw error;
    throw new Error(`The server sent nothing of "${path}" for ${SILENCE / 1000} s`);
  } finally {
    clearTimeout(timer);
  }
}

const getText = (path: string): Promise<string> => get(path, (response) => response.text());
const getJson = <T>(path: string): Promise<T> => get(path, (response) => response.json());

/** The bytes of a file, as many as the list of files says. */
async function getBytes(
  path: string,
  bytes: number,
  onChunk: (bytes: number) => void,
): Promise<Uint8Array> {
  const content = await get(path, async (response, heard) => {
    const chunks: Uint8Array<ArrayBuffer>[] = [];
    for (const reader = response.body!.getReader();;) {
      const { done, value } = await reader.read();
      if (done) break;
      heard();
      chunks.push(value);
      onChunk(value.length);
    }
    return new Uint8Array(await new Blob(chunks).arrayBuffer());
  });
  if (content.length === bytes) return content;
  throw new Error(
    `The download of "${path}" has ${content.length} bytes in place of ${bytes}: the model changed ` +
      "meanwhile, or it broke off",
  );
}

async function getFiles(root: string, onBytes: OnBytes): Promise<ModelFiles> {
  const files = await getJson<readonly ModelFile[]>(`${root}/model`);
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  let done = 0;
  const loaded = await Promise.all(
    files.map(async ({ name, bytes }): Promise<[string, Uint8Array]> => [
      name,
      await getBytes(
        `${root}/model/${encodeURIComponent(name)}`,
        bytes,
        (more) => onBytes(done += more, total),
      ),
    ]),
  );
  return new Map(loaded);
}

/** The source of a page that a server sent. The miniature corpus is fetched once, as a whole. */
function serverSource(): PageSource {
  let loading: Promise<readonly Text[]> | undefined;
  const miniature = () => {
    const now = loading ??= getJson<readonly Text[]>("/miniature.json");
    // What failed may succeed the next time.
    now.catch(() => loading = undefined);
    return now;
  };
  miniature();
  return {
    async models() {
      const { models } = await getJson<{ models: { name: string }[] }>("/api/models");
      return models.map(({ name }, i): ModelSource => {
        const root = modelRoots[i]!;
        return {
          name,
          base: `${location.origin}${root}`,
          worker: () => getText(`${root}/worker.js`),
          files: (onBytes) => getFiles(root, onBytes),
        };
      });
    },
    punkt: () => getJson("/punkt.json"),
    corpora: async () => (await getJson<{ corpora: Corpus[] }>("/api/corpora")).corpora,
    async ids(corpus) {
      if (corpus === "miniature") return (await miniature()).map(({ id }) => id);
      return (await getJson<{ ids: string[] }>(`/api/corpora/${corpus}`)).ids;
    },
    async texts(corpus, from, count) {
      if (corpus !== "miniature") {
        return await getJson(`/api/corpora/${corpus}/texts?from=${from}&count=${count}`);
      }
      const articles = await miniature();
      return { total: articles.length, texts: articles.slice(from, from + count) };
    },
    async article(corpus, id) {
      if (corpus !== "miniature") {
        return await getJson(`/api/corpora/${corpus}/text?id=${encodeURIComponent(id)}`);
      }
      const found = (await miniature()).find((article) => article.id === id);
      if (!found) throw notHere(corpus, id);
      return found;
    },
  };
}

/** The source of this page. */
export function findSource(): PageSource {
  const embedded = document.getElementById("embedded");
  return embedded ? embeddedSource(JSON.parse(embedded.textContent)) : serverSource();
}
