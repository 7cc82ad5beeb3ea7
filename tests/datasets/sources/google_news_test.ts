import type { Progress } from "@heatword/core";
import { DownloadError } from "@heatword/datasets/download";
import { fetchGoogleNews } from "@heatword/datasets/sources";
import { NamedVectors, resolveVectors, toWord2Vec } from "@heatword/datasets/vectors";
import { assert, assertEquals, assertRejects } from "@std/assert";
import { gzipSync } from "node:zlib";
import { filesBelow, withWeb } from "./_web.ts";
import { testPermitted } from "../../_skip.ts";

const test = testPermitted("read", "write", "net");

const WORDS = Array.from({ length: 500 }, (_, i) => `w${i}`);
const ALL = new NamedVectors(WORDS, Float32Array.from({ length: 5000 }, (_, i) => Math.sin(i)), 10);
const FILE = new Uint8Array(gzipSync(toWord2Vec(ALL)));

function right(vectors: NamedVectors, words: string[]): void {
  assertEquals(vectors.words, words);
  for (const word of words) assertEquals(vectors.get(word), ALL.get(word));
}

test("fetchGoogleNews() keeps the wanted words of the stream, in memory and in the cache", () =>
  withWeb(FILE, async ({ dir, asked, source }) => {
    const steps: Progress[] = [];
    const onProgress = (progress: Progress) => void steps.push(progress);
    const wanted = new Set(["w7", "w400", "none"]);
    const { vectors, path } = await fetchGoogleNews(wanted, dir, { source, onProgress });
    right(vectors, ["w7", "w400"]);
    assertEquals(steps.at(-1)!.done, FILE.length);
    assertEquals(filesBelow(dir), [path.slice(dir.length + 1), "vectors/googlenews.words"]);

    right((await fetchGoogleNews(wanted, dir, { source })).vectors, ["w7", "w400"]);
    const fewer = await fetchGoogleNews(new Set(["w400"]), dir, { source, offline: true });
    right(fewer.vectors, ["w400"]);
    assertEquals(asked, ["/right"]);

    const more = await fetchGoogleNews(new Set(["w9"]), dir, { source });
    right(more.vectors, ["w7", "w9", "w400"]);
    assertEquals(asked, ["/right", "/right"]);
    const files = [more.path.slice(dir.length + 1), "vectors/googlenews.words"];
    assertEquals(filesBelow(dir), files);
    right((await fetchGoogleNews(wanted, dir, { source })).vectors, ["w7", "w400"]);
    assertEquals([asked.length, filesBelow(dir)], [2, files]);
  }));

test("fetchGoogleNews() takes the whole file where the data folder has it", () =>
  withWeb(FILE, async ({ dir, asked, source }) => {
    await Deno.mkdir(`${dir}/data/vectors`, { recursive: true });
    await Deno.writeFile(`${dir}/data/vectors/${source.name}`, FILE);
    const options = { source, dataDir: `${dir}/data`, offline: true };
    right((await fetchGoogleNews(new Set(["w1"]), `${dir}/cache`, options)).vectors, ["w1"]);
    assertEquals(asked, []);
  }));

test("fetchGoogleNews() refuses another content and leaves nothing behind", () =>
  withWeb(FILE, async ({ dir, url, source }) => {
    const wanted = new Set(["w1"]);
    const wrong = (path: string) => ({
      source: { ...source, addresses: [url + path] },
      retries: 1,
      retryDelayMs: 1,
    });
    const cases = {
      "/wrong": "it holds no word vectors",
      "/half": "damaged or cut short",
      "/missing": "404 Not Found",
    };
    for (const [path, message] of Object.entries(cases)) {
      const error = await assertRejects(
        () => fetchGoogleNews(wanted, dir, wrong(path)),
        DownloadError,
        message,
      );
      assert(error.message.startsWith("Cannot download file.gz: "));
    }
    const other = { ...source, sha256: "0".repeat(64) };
    await assertRejects(
      () => fetchGoogleNews(wanted, dir, { source: other }),
      DownloadError,
      `its SHA-256 is ${source.sha256} and not 0000`,
    );
    await assertRejects(
      () => fetchGoogleNews(new Set(["x"]), dir, { source }),
      RangeError,
      "none of the wanted words",
    );
    assertEquals(filesBelow(dir), []);
  }));

test("fetchGoogleNews() goes on to an address that has the right file", () =>
  withWeb(FILE, async ({ dir, url, asked, source }) => {
    const mirrors = [`${url}/wrong`];
    right((await fetchGoogleNews(new Set(["w1"]), dir, { source, mirrors })).vectors, ["w1"]);
    assertEquals(asked.at(-1), "/right");
  }));

test("resolveVectors() needs words and a network for googlenews", async () => {
  const cacheDir = await Deno.makeTempDir();
  try {
    const options = { cacheDir, texts: () => [] };
    await assertRejects(() => resolveVectors("googlenews", options), TypeError, "say which words");
    await assertRejects(
      () => resolveVectors("googlenews", { ...options, wanted: new Set(["a"]), offline: true }),
      DownloadError,
      "Cannot download GoogleNews-vectors-negative300.bin.gz: working offline",
    );
  } finally {
    await Deno.remove(cacheDir, { recursive: true });
  }
});
