import { hasNewsgroups, loadArticle, loadNewsgroups } from "@heatword/datasets/newsgroups";
import { assert, assertEquals, assertFalse, assertRejects } from "@std/assert";
import { tarGz } from "../_archive.ts";
import { DIGEST, FILES, withDataDir, writeArchive, writeFolders } from "./_corpus.ts";
import { namesIn } from "../../_in_folder.ts";
import { testPermitted } from "../../_skip.ts";

const test = testPermitted("read", "write");

const EXPECTED = {
  train: [
    { id: "alt.atheism/50", split: "train", label: "alt.atheism", text: "no header at all" },
    { id: "alt.atheism/51", split: "train", label: "alt.atheism", text: "" },
    { id: "sci.space/100", split: "train", label: "sci.space", text: "hundred" },
  ],
  test: [
    { id: "alt.atheism/9", split: "test", label: "alt.atheism", text: "nine" },
    { id: "sci.space/61393", split: "test", label: "sci.space", text: "Moon é\u0085\n\nEnd.\n" },
  ],
} as const;

test("loadNewsgroups() reads the archive", () =>
  withDataDir(async (dir) => {
    assertFalse(hasNewsgroups(dir));
    await writeArchive(dir);
    assert(hasNewsgroups(dir));
    assertEquals(await loadNewsgroups(dir, { digest: DIGEST }), EXPECTED);
    assertEquals(namesIn(`${dir}/newsgroups`), ["20news-bydate.tar.gz"]);
  }));

test("loadNewsgroups() reads extracted folders", () =>
  withDataDir(async (dir) => {
    await writeFolders(dir);
    await Deno.writeTextFile(`${dir}/newsgroups/20news-bydate-test/sci.space/.DS_Store`, "x");
    assert(hasNewsgroups(dir));
    assertEquals(await loadNewsgroups(dir, { digest: DIGEST }), EXPECTED);
  }));

test("loadNewsgroups() says where the corpus should be", () =>
  withDataDir(async (dir) => {
    await assertRejects(
      () => loadNewsgroups(dir),
      Deno.errors.NotFound,
      `Cannot find the 20Newsgroups corpus at "${dir}/newsgroups/20news-bydate.tar.gz"`,
    );
    await assertRejects(() => loadNewsgroups(`${dir}/missing`), Deno.errors.NotFound);
    await Deno.mkdir(`${dir}/newsgroups/20news-bydate-train`);
    await assertRejects(() => loadNewsgroups(dir), Deno.errors.NotFound);
  }));

test("loadNewsgroups() refuses a corpus that is not the very one", async (t) => {
  await t.step("one byte changed", () =>
    withDataDir(async (dir) => {
      const files = new Map(FILES);
      files.set("20news-bydate-test/alt.atheism/9", new TextEncoder().encode("From: a\n\nNine"));
      await writeArchive(dir, files);
      await assertRejects(
        () => loadNewsgroups(dir, { digest: DIGEST }),
        SyntaxError,
        `its 5 files have the digest`,
      );
    }));
  await t.step("an article missing from the folders", () =>
    withDataDir(async (dir) => {
      await writeFolders(dir);
      await Deno.remove(`${dir}/newsgroups/20news-bydate-train/sci.space`, { recursive: true });
      await assertRejects(
        () => loadNewsgroups(dir, { digest: DIGEST }),
        SyntaxError,
        `its 4 files have the digest`,
      );
    }));
  await t.step("the digest of the real corpus is the default", () =>
    withDataDir(async (dir) => {
      await writeArchive(dir);
      await assertRejects(() => loadNewsgroups(dir), SyntaxError, "and not 20701c5675b53271");
    }));
});

test("loadNewsgroups() refuses a damaged archive and says what to do", async (t) => {
  const refuses = (name: string, archive: () => Promise<Uint8Array>, message: string) =>
    t.step(name, () =>
      withDataDir(async (dir) => {
        const path = `${dir}/newsgroups/20news-bydate.tar.gz`;
        await Deno.writeFile(path, await archive());
        for (const read of [() => loadNewsgroups(dir), () => loadArticle(dir, "sci.space/61393")]) {
          const error = await assertRejects(read, SyntaxError, message);
          assert(error.message.startsWith(`Cannot read the corpus "${path}": `));
          assert(error.message.endsWith('remove it and fetch it again with "deno task fetch"'));
        }
      }));
  const whole = await tarGz([...FILES]);
  const flipped = whole.slice();
  flipped[whole.length - 7]! ^= 1;
  await refuses("empty", () => Promise.resolve(new Uint8Array(0)), "damaged or cut short");
  await refuses("cut short", () => Promise.resolve(whole.subarray(0, -20)), "damaged or cut short");
  await refuses("a flipped bit", () => Promise.resolve(flipped), "damaged or cut short");
  await refuses("a path that leads outside", () => tarGz([["../evil", "x"]]), "leads outside");
  await refuses(
    "a symbolic link",
    () => tarGz([["20news-bydate-test/sci.space/1", "", "symlink"]]),
    "not a regular file",
  );
  await refuses(
    "another file",
    () => tarGz([["readme.txt", "x"]]),
    "is not an article of the corpus",
  );
  await refuses(
    "another group",
    () => tarGz([["20news-bydate-test/sci.math/1", "x"]]),
    "is not an article",
  );
  await refuses(
    "a name that is not a number",
    () => tarGz([["20news-bydate-test/sci.space/a", "x"]]),
    "is not an article",
  );
});

test("loadArticle() reads one article", async (t) => {
  for (const write of [writeArchive, writeFolders]) {
    await t.step(
      write === writeFolders ? "of the folders" : "of the archive",
      () =>
        withDataDir(async (dir) => {
          await write(dir);
          assertEquals(await loadArticle(dir, "sci.space/61393"), EXPECTED.test[1]);
          assertEquals(await loadArticle(dir, "alt.atheism/51"), EXPECTED.train[1]);
          const missing: [string, string][] = [
            [
              "sci.space/1",
              'Cannot find the article "sci.space/1": "sci.space" has no such number',
            ],
            ["sci.spce/61393", 'did you mean "sci.space"?'],
            ["sci.space/../sci.space/61393", '"sci.space" has no such number'],
            ["sci.space", '"sci.space" has no such number'],
            ["", 'Cannot find the article ""'],
          ];
          for (const [id, message] of missing) {
            await assertRejects(() => loadArticle(dir, id), Deno.errors.NotFound, message);
          }
        }),
    );
  }
  await t.step("says that there is no corpus", () =>
    withDataDir(async (dir) => {
      await assertRejects(
        () => loadArticle(dir, "sci.space/1"),
        Deno.errors.NotFound,
        "20Newsgroups",
      );
    }));
});
