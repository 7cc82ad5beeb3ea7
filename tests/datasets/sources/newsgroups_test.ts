import { DownloadError } from "@heatword/datasets/download";
import { loadNewsgroups } from "@heatword/datasets/newsgroups";
import { fetchNewsgroups, NEWSGROUPS_SOURCE } from "@heatword/datasets/sources";
import { assert, assertEquals, assertRejects } from "@std/assert";
import { tarGz } from "../_archive.ts";
import { DIGEST, FILES, writeFolders } from "../newsgroups/_corpus.ts";
import { filesBelow, withWeb } from "./_web.ts";
import { testPermitted } from "../../_skip.ts";

const test = testPermitted("read", "write", "net");

const archive = new Uint8Array(await tarGz([...FILES]));
const PATH = "newsgroups/20news-bydate.tar.gz";

test("fetchNewsgroups() downloads the corpus once", () =>
  withWeb(archive, async ({ dir, asked, source }) => {
    const options = { source, digest: DIGEST };
    assertEquals(await fetchNewsgroups(dir, options), true);
    assertEquals(filesBelow(dir), [PATH]);
    const { train } = await loadNewsgroups(dir, { digest: DIGEST });
    assertEquals(train.map(({ id }) => id), ["alt.atheism/50", "alt.atheism/51", "sci.space/100"]);
    assertEquals(await fetchNewsgroups(dir, options), false);
    assertEquals(asked, ["/right"]);
    assertEquals(await fetchNewsgroups(dir, { ...options, force: true }), true);
    assertEquals(asked, ["/right", "/right"]);
  }));

test("fetchNewsgroups() takes an archive of other bytes with the same content", () =>
  withWeb(archive, async ({ dir, source }) => {
    const other = { ...source, sha256: "0".repeat(64) };
    assertEquals(await fetchNewsgroups(dir, { source: other, digest: DIGEST }), true);
  }));

test("fetchNewsgroups() replaces a damaged archive and leaves good folders alone", () =>
  withWeb(archive, async ({ dir, asked, source }) => {
    await Deno.mkdir(`${dir}/newsgroups`);
    await Deno.writeFile(`${dir}/${PATH}`, archive.subarray(0, -10));
    assertEquals(await fetchNewsgroups(dir, { source, digest: DIGEST }), true);
    assertEquals(await Deno.readFile(`${dir}/${PATH}`), archive);
    await Deno.remove(`${dir}/${PATH}`);
    await writeFolders(dir);
    assertEquals(await fetchNewsgroups(dir, { source, digest: DIGEST }), false);
    assertEquals(asked, ["/right"]);
  }));

test("fetchNewsgroups() refuses another content and leaves nothing behind", () =>
  withWeb(archive, async ({ dir, url, source }) => {
    for (const path of ["/wrong", "/half", "/missing"]) {
      const wrong = { ...source, addresses: [url + path] };
      await assertRejects(() => fetchNewsgroups(dir, { source: wrong }), DownloadError, "file.gz");
    }
    await assertRejects(
      () => fetchNewsgroups(dir, { source }),
      DownloadError,
      "its files have the digest",
    );
    assertEquals(filesBelow(dir), []);
  }));

test("fetchNewsgroups() asks mirrors first and the known addresses then", () =>
  withWeb(archive, async ({ dir, url, asked, source }) => {
    const mirrors = [`${url}/missing`, `${url}/wrong`];
    assertEquals(await fetchNewsgroups(dir, { source, mirrors, digest: DIGEST }), true);
    assertEquals(asked.slice(0, 2), ["/missing", "/wrong"]);
    assertEquals(asked.at(-1), "/right");
  }));

test("fetchNewsgroups() uses no network when it works offline", () =>
  withWeb(archive, async ({ dir, asked, source }) => {
    const options = { source, digest: DIGEST, offline: true };
    await assertRejects(() => fetchNewsgroups(dir, options), DownloadError, "working offline");
    await writeFolders(dir);
    assertEquals(await fetchNewsgroups(dir, options), false);
    assertEquals(asked, []);
  }));

Deno.test("NEWSGROUPS_SOURCE names more than one place, with a digest", () => {
  assert(NEWSGROUPS_SOURCE.addresses.length >= 2);
  assert(/^[0-9a-f]{64}$/.test(NEWSGROUPS_SOURCE.sha256));
});
