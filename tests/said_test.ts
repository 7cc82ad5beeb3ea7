import { assertEquals } from "@std/assert";
import { progressOf, saidBy } from "./_said.ts";
import { testPermitted } from "./_skip.ts";

const test = testPermitted("read", "write", "env", "run");

Deno.test("saidBy() leaves out what Deno fetches and checks, and nothing else", () => {
  const said = [
    "\x1b[0m\x1b[32mDownload\x1b[0m https://host/a.tgz",
    "Download https://host/b",
    "error: Cannot read the table",
    "Initialize a@1.0.0",
    "Check file:///somewhere/apps/explain.ts",
    "Check that the file is there",
    "Downloading the corpus …",
    " Download https://host/c",
    "",
  ].join("\n");
  const own = [
    "error: Cannot read the table",
    "Check that the file is there",
    "Downloading the corpus …",
    " Download https://host/c",
    "",
  ].join("\n");
  assertEquals(saidBy(said), own);
  assertEquals(saidBy(new TextEncoder().encode(said)), own);
  assertEquals(saidBy(""), "");
});

Deno.test("saidBy() leaves out progress, which progressOf() gives", () => {
  const said = "Explaining: 3 % of 1.2 MB, 00:04 left, 3.1 rows/s\nnote: 3 of 4 rows\n" +
    "Training the word-CNN, epoch 2 of 4: 50 % of 1,200 documents, 01:02 left\n";
  assertEquals(saidBy(said), "note: 3 of 4 rows\n");
  const lines = said.split("\n");
  assertEquals(progressOf(`Check file:///a.ts\n${said}`), `${lines[0]}\n${lines[2]}\n`);
  assertEquals(progressOf("error: no table\n"), "");
});

test("saidBy() leaves out what a program says that has never been run", async () => {
  const folder = await Deno.makeTempDir();
  try {
    // A module that Deno has not seen before, with types to check.
    await Deno.writeTextFile(`${folder}/new.ts`, "const one: number = 1;\nconsole.error(one);\n");
    const { stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--check", `${folder}/new.ts`],
    }).output();
    assertEquals(saidBy(stderr), "1\n");
    assertEquals(new TextDecoder().decode(stderr) === "1\n", false);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
