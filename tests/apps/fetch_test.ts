import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { gzipSync } from "node:zlib";
import { saidBy } from "../_said.ts";
import { dataFile, testPermitted, testWith } from "../_skip.ts";
import { filesBelow, withWeb } from "../datasets/sources/_web.ts";

const test = testPermitted("read", "write", "env", "run", "net");

const root = new URL("../../", import.meta.url);

/** Runs the program with the permissions of its task. */
async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const { tasks } = JSON.parse(await Deno.readTextFile(new URL("deno.json", root)));
  const [, ...command] = tasks.fetch.command.split(" ");
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [...command, ...args],
    cwd: root,
    // A proxy that is not there keeps the program off the real network.
    env: {
      HEATWORD_DATA: "",
      HEATWORD_CACHE: "",
      HTTP_PROXY: "http://127.0.0.1:9",
      HTTPS_PROXY: "http://127.0.0.1:9",
      NO_PROXY: "127.0.0.1",
    },
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, out: text(stdout), err: saidBy(stderr) };
}

test("fetch refuses what it does not know", async () => {
  const cases: [string[], string][] = [
    [["corpse"], 'error: Unknown data "corpse": did you mean "corpus"? Known: corpus, punkt,'],
    [
      ["--mirror", "https://a.example/b", "corpus", "punkt"],
      "error: Option --mirror goes with one",
    ],
    [["--dat", "x"], "error: Unknown option"],
  ];
  for (const [args, message] of cases) {
    const { code, out, err } = await run(...args);
    assertEquals([code, out], [2, ""]);
    assertStringIncludes(err, message);
  }
});

test("fetch says in one line why it cannot, and leaves nothing behind", async () => {
  await withWeb(new Uint8Array(gzipSync("no corpus")), async ({ dir, url }) => {
    for (const option of [["--offline"], ["--mirror", `${url}/right`], ["--mirror", "ftp://x/y"]]) {
      const { code, out, err } = await run("corpus", "--data", dir, ...option);
      assertEquals([code, out], [1, ""]);
      assert(/^error: Cannot download 20news-bydate\.tar\.gz: [^\n]+\n$/.test(err), err);
      assertEquals(filesBelow(dir), []);
    }
    const { code, err } = await run("googlenews", "--data", dir, "--cache", dir);
    assertEquals(code, 1);
    assertStringIncludes(err, "error: Cannot find the 20Newsgroups corpus");
  });
});

const { path: archive, lacks } = dataFile("newsgroups/20news-bydate.tar.gz");

testWith(lacks, "fetch downloads the corpus from a mirror, once", async () => {
  await withWeb(await Deno.readFile(archive), async ({ dir, url, asked }) => {
    const args = ["corpus", "--data", dir, "--mirror", `${url}/right`];
    const first = await run(...args);
    assertEquals([first.code, first.out], [0, `corpus: downloaded in ${dir}/newsgroups\n`]);
    const again = await run(...args);
    assertEquals([again.code, again.out], [0, `corpus: already there in ${dir}/newsgroups\n`]);
    assertEquals(filesBelow(dir), ["newsgroups/20news-bydate.tar.gz"]);
    assertEquals(asked, ["/right"]);
  });
});
