import { assertEquals, assertRejects } from "@std/assert";
import { keepApart } from "../../apps/cli/keep_apart.ts";
import { inFolder } from "../_in_folder.ts";
import { testPermitted } from "../_skip.ts";

const test = testPermitted("read", "write", "run");

const output = (path: string) => [{ path, what: "the output" }];
const input = (path: string) => [{ path, what: "the input" }];

test("keepApart() knows a file by every name", () =>
  inFolder(async (folder) => {
    const file = `${folder}/a.txt`;
    await Deno.writeTextFile(file, "x");
    await Deno.mkdir(`${folder}/sub`);
    await Deno.symlink(folder, `${folder}/sub/up`);
    await Deno.symlink(file, `${folder}/soft`);
    await Deno.link(file, `${folder}/hard`);
    await Deno.symlink("soft", `${folder}/softer`);
    const names = ["a.txt", "./a.txt", "sub/../a.txt", "sub/up/a.txt", "soft", "softer", "hard"];
    for (const written of names) {
      for (const read of names) {
        await assertRejects(
          () => keepApart(output(`${folder}/${written}`), input(`${folder}/${read}`)),
          RangeError,
          `Cannot write the output over the input "${folder}/${written}"`,
        );
      }
    }
    await Deno.writeTextFile(`${folder}/b.txt`, "x");
    await keepApart(output(`${folder}/b.txt`), input(file));
    await keepApart(output(`${folder}/sub/up/new`), input(file));
  }));

test("keepApart() knows files that are not there yet", () =>
  inFolder(async (folder) => {
    await Deno.mkdir(`${folder}/real`);
    await Deno.symlink(`${folder}/real`, `${folder}/link`);
    await Deno.symlink("real/new", `${folder}/dangling`);
    for (const path of ["real/new", "link/new", "link/../real/new", "dangling"]) {
      await assertRejects(
        () =>
          keepApart(
            [...output(`${folder}/real/new`), { path: `${folder}/${path}`, what: "b" }],
            [],
          ),
        RangeError,
        "Cannot write the output and b to the same file",
      );
    }
    const [a, b] = [`${folder}/no/such/a`, `${folder}/no/such/b`];
    await keepApart([...output(a), { path: b, what: "b" }], []);
  }));

test("keepApart() takes a folder for the files in it", () =>
  inFolder(async (folder) => {
    await Deno.mkdir(`${folder}/in/sub`, { recursive: true });
    await Deno.writeTextFile(`${folder}/in/sub/a`, "x");
    await Deno.writeTextFile(`${folder}/outside`, "x");
    await Deno.link(`${folder}/in/sub/a`, `${folder}/hard`);
    await Deno.symlink(`${folder}/outside`, `${folder}/in/sub/linked`);
    for (const path of ["in/sub/a", "in/sub/../sub/a", "hard", "outside"]) {
      await assertRejects(
        () => keepApart(output(`${folder}/${path}`), input(`${folder}/in/`)),
        RangeError,
        "over the input",
      );
    }
    await keepApart(output(`${folder}/in/new`), input(`${folder}/in`));
    const real = await Deno.realPath(`${folder}/in/sub/a`);
    await keepApart(output(`${folder}/in/sub/a`), input(`${folder}/in`), new Set([real]));
  }));

test("keepApart() lets devices be written and read", async () => {
  await keepApart(output("/dev/null"), input("/dev/null"));
  assertEquals((await Deno.stat("/dev/null")).isCharDevice, true);
});
