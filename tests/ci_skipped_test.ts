import { assertEquals, assertMatch } from "@std/assert";
import { inFolder } from "./_in_folder.ts";
import { testPermitted } from "./_skip.ts";

const test = testPermitted("read", "write", "run");

/** What the test runner says of tests and steps that it ignored. */
const said = String.raw`
./tests/apps/a_test.ts => a page shows a (b|c) (skipped: there is no chromium) ... ignored (0ms)
./tests/docs/b_test.ts => b runs, with 1 more ... a.md:2 cat a | cmp - b (skipped: it builds on line 1, which is skipped) ... ignored (0ms)
./tests/docs/b_test.ts => b runs, with 1 more ... a.md:1 explain "x (y)" (skipped: it needs Python, and there is no python3) ... ignored (0ms)
./tests/docs/b_test.ts => c runs ... a.md:9 deno task test (skipped: it is what runs this test; see .ci/run) ... ignored (0ms)
./tests/docs/c_test.ts => d runs ... FAILED (2s)
e (skipped: there is no fish) ... ignored (0ms)
`;

test(".ci/run runs again what was skipped, by file and name, but not what another file runs", async () => {
  const script = await Deno.readTextFile(new URL("../.ci/run", import.meta.url));
  const [lines] = /^skipped=[^]*?^names=.*$/m.exec(script)!;
  await inFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/log`, said);
    const { stdout } = await new Deno.Command("bash", {
      args: ["-c", `work=$1\n${lines}\necho "$skipping"; echo "$names"`, "bash", folder],
      stderr: "inherit",
    }).output();
    const [first, second, names, ...rest] = new TextDecoder().decode(stdout).split("\n");
    assertEquals([first, second, ...rest], [
      "./tests/apps/a_test.ts",
      "./tests/docs/b_test.ts",
      "",
    ]);
    assertEquals(names, String.raw`a page shows a \(b\|c\)|b runs, with 1 more`);
    assertMatch("a page shows a (b|c)", new RegExp(`^(${names})$`));
  });
});
