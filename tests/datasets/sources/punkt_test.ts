import { DownloadError } from "@heatword/datasets/download";
import { readPunktTab } from "@heatword/datasets/nltk";
import { fetchPunkt, PUNKT_ENGLISH_SHA256 } from "@heatword/datasets/sources";
import { assertEquals, assertRejects } from "@std/assert";
import { dataFile, testPermitted, testWith } from "../../_skip.ts";
import { createHash } from "node:crypto";
import { filesBelow, withWeb } from "./_web.ts";
import { zip } from "./_zip.ts";

const test = testPermitted("read", "write", "net");

const TABLES = {
  "abbrev_types.txt": "dr\nmr\n",
  "collocations.tab": "s\tbach\n",
  "ortho_context.tab": "moon\t46\n",
  "sent_starters.txt": "however\n",
};
const inZip = (tables: Record<string, string>) =>
  zip({
    "punkt_tab/": "",
    "punkt_tab/README": "read me",
    ...Object.fromEntries(
      ["english", "german"].flatMap((language) =>
        Object.entries(tables).map(([name, text]) => [`punkt_tab/${language}/${name}`, text])
      ),
    ),
  });
const tables = Object.fromEntries(
  Object.entries(TABLES).map((
    [name, text],
  ) => [name, createHash("sha256").update(text).digest("hex")]),
);
const FILES = Object.keys(TABLES).map((name) => `punkt/english/${name}`);

test("fetchPunkt() installs the tables for English once", async () => {
  await withWeb(await inZip(TABLES), async ({ dir, asked, source }) => {
    assertEquals(await fetchPunkt(dir, { source, tables }), true);
    assertEquals(filesBelow(dir), FILES);
    const parameters = await readPunktTab(`${dir}/punkt/english`);
    assertEquals(parameters.abbrevTypes, new Set(["dr", "mr"]));
    assertEquals(await fetchPunkt(dir, { source, tables }), false);
    assertEquals(asked, ["/right"]);
    await Deno.writeTextFile(`${dir}/${FILES[0]}`, "dr\n");
    assertEquals(await fetchPunkt(dir, { source, tables }), true);
    assertEquals(await Deno.readTextFile(`${dir}/${FILES[0]}`), TABLES["abbrev_types.txt"]);
    assertEquals(filesBelow(dir), FILES);
  });
});

test("fetchPunkt() refuses an archive without the right tables and leaves nothing behind", async () => {
  const { "collocations.tab": _, ...missing } = TABLES;
  for (
    const archive of [await inZip(missing), await inZip({ ...TABLES, "abbrev_types.txt": "x\n" })]
  ) {
    await withWeb(archive, async ({ dir, source }) => {
      await assertRejects(
        () => fetchPunkt(dir, { source, tables }),
        DownloadError,
        "Cannot use the archive of Punkt's tables",
      );
      assertEquals(filesBelow(dir), []);
    });
  }
  await withWeb(await inZip(TABLES), async ({ dir, url, source }) => {
    const wrong = { ...source, addresses: [`${url}/wrong`] };
    await assertRejects(() => fetchPunkt(dir, { source: wrong, tables }), DownloadError, "SHA-256");
    await assertRejects(() => fetchPunkt(dir, { source, tables, offline: true }), DownloadError);
    assertEquals(filesBelow(dir), []);
  });
});

const { path: english, lacks } = dataFile("punkt/english");

testWith(
  lacks,
  "PUNKT_ENGLISH_SHA256 are the digests of NLTK's tables",
  async () => {
    for (const [name, digest] of Object.entries(PUNKT_ENGLISH_SHA256)) {
      const bytes = await Deno.readFile(`${english}/${name}`);
      assertEquals(createHash("sha256").update(bytes).digest("hex"), digest);
    }
  },
);
