/// <reference lib="dom" />
import type { Corpus, Text } from "../_corpora.ts";
import type { ModelFile, PunktTables } from "../_model_files.ts";
import type { ModelFiles } from "./protocol.ts";

/** A corpus with its articles, as a page that needs no server carries it. */
export interface EmbeddedCorpus extends Corpus {
  readonly articles: readonly Text[];
}

/** All that a page without a server carries. */
export interface Embedded {
  /** The worker's script. */
  readonly worker: string;
  /** The files of the model in base64, by their names. */
  readonly files: Readonly<Record<string, string>>;
  /** What Punkt knows. */
  readonly punkt: PunktTables | null;
  /** The articles. */
  readonly corpora: readonly EmbeddedCorpus[];
}

/** Told how many bytes of the model are there, of how many. */
export type OnBytes = (done: number, total: number) => void;

/** Where the page gets its model and its articles from. */
export interface PageSource {
  /** The worker's script. */
  worker(): Promise<string>;
  /** The files of the model. */
  files(onBytes: OnBytes): Promise<ModelFiles>;
  /** What Punkt knows. */
  punkt(): Promise<PunktTables | null>;
  /** The collections of articles. */
  corpora(): Promise<readonly Corpus[]>;
  /** The ids of the articles of a collection. */
  ids(corpus: string): Promise<readonly string[]>;
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
export function embeddedSource({ worker, files, punkt, corpora }: Embedded): PageSource {
  const find = (name: string) => corpora.find((corpus) => corpus.name === name);
  return {
    worker: () => Promise.resolve(worker),
    files: () =>
      Promise.resolve(
        new Map(Object.entries(files).map(([name, content]) => [name, decodeBase64(content)])),
      ),
    punkt: () => Promise.resolve(punkt),
    corpora: () => Promise.resolve(corpora),
    ids: (corpus) => Promise.resolve(find(corpus)?.articles.map(({ id }) => id) ?? []),
    article(corpus, id) {
      const found = find(corpus)?.articles.find((article) => article.id === id);
      return found ? Promise.resolve(found) : Promise.reject(notHere(corpus, id));
    },
  };
}

async function get(path: string): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path);
  } catch {
    throw new Error("The server does not answer: what is not loaded yet cannot be had");
  }
  if (response.ok) return response;
  const problem = await response.json().catch(() => ({}));
  throw new Error(problem.detail ?? `The server answers ${response.status} for "${path}"`);
}

async function getJson<T>(path: string): Promise<T> {
  return await (await get(path)).json();
}

async function getBytes(path: string, onChunk: (bytes: number) => void): Promise<Uint8Array> {
  const response = await get(path);
  const bytes = new Uint8Array(Number(response.headers.get("content-length")));
  let length = 0;
  for (const reader = response.body!.getReader();;) {
    const { done, value } = await reader.read();
    if (done) break;
    bytes.set(value, length);
    length += value.length;
    onChunk(value.length);
  }
  return bytes;
}

async function getFiles(onBytes: OnBytes): Promise<ModelFiles> {
  const files = await getJson<readonly ModelFile[]>("/model");
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  let done = 0;
  const loaded = await Promise.all(
    files.map(async ({ name }): Promise<[string, Uint8Array]> => [
      name,
      await getBytes(`/model/${name}`, (bytes) => onBytes(done += bytes, total)),
    ]),
  );
  return new Map(loaded);
}

/** The source of a page that a server sent. The miniature corpus is fetched once, as a whole. */
export function serverSource(): PageSource {
  const miniature = getJson<Text[]>("/miniature.json");
  miniature.catch(() => {});
  return {
    worker: async () => await (await get("/worker.js")).text(),
    files: getFiles,
    punkt: () => getJson("/punkt.json"),
    corpora: async () => (await getJson<{ corpora: Corpus[] }>("/api/corpora")).corpora,
    async ids(corpus) {
      if (corpus === "miniature") return (await miniature).map(({ id }) => id);
      return (await getJson<{ ids: string[] }>(`/api/corpora/${corpus}`)).ids;
    },
    async article(corpus, id) {
      if (corpus !== "miniature") return await getJson(`/api/corpora/${corpus}/${id}`);
      const found = (await miniature).find((article) => article.id === id);
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
