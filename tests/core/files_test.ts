import { assertEquals, assertRejects } from "@std/assert";
import { pathToFileURL } from "node:url";
import { writeFileAtomically } from "@heatword/core/files";
import { inFolder, namesIn } from "../_in_folder.ts";
import { testPermitted } from "../_skip.ts";

const test = testPermitted("read", "write");

test("writeFileAtomically() writes text, bytes and streams, and makes folders", () =>
  inFolder(async (folder) => {
    const bytes = new TextEncoder().encode("ä");
    for (const content of ["ä", bytes, new Blob([bytes]).stream()]) {
      const path = `${folder}/a/b/c.txt`;
      await writeFileAtomically(path, content);
      assertEquals(await Deno.readTextFile(path), "ä");
      assertEquals(namesIn(`${folder}/a/b`), ["c.txt"]);
      await Deno.remove(`${folder}/a`, { recursive: true });
    }
  }));

test("writeFileAtomically() leaves the old file when writing fails", () =>
  inFolder(async (folder) => {
    const path = `${folder}/file`;
    await writeFileAtomically(path, "old");
    const failing = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(new Uint8Array(10));
        controller.error(new Error("no more"));
      },
    });
    await assertRejects(() => writeFileAtomically(path, failing), Error, "no more");
    assertEquals(await Deno.readTextFile(path), "old");
    assertEquals(namesIn(folder), ["file"]);
  }));

test("writeFileAtomically() takes a URL", () =>
  inFolder(async (folder) => {
    await writeFileAtomically(pathToFileURL(`${folder}/x y.txt`), "here");
    assertEquals(await Deno.readTextFile(`${folder}/x y.txt`), "here");
  }));

test("writeFileAtomically() names the file that cannot be written, and why", () =>
  inFolder(async (folder) => {
    await assertRejects(
      () => writeFileAtomically(folder, "text"),
      Error,
      `Cannot write "${folder}": it is a folder`,
    );
    await Deno.writeTextFile(`${folder}/file`, "old");
    await assertRejects(
      () => writeFileAtomically(`${folder}/file/below`, "text"),
      Error,
      `Cannot write "${folder}/file/below": `,
    );
    assertEquals(namesIn(folder), ["file"]);
  }));
