import { PunktParameters, readPunktTab, writePunktTab } from "@heatword/datasets/nltk";
import { assertEquals, assertRejects } from "@std/assert";
import { inFolder, namesIn } from "../../_in_folder.ts";
import { testPermitted } from "../../_skip.ts";

const test = testPermitted("read", "write");

test("readPunktTab() reads what writePunktTab() wrote, blanks in types too", () =>
  inFolder(async (dir) => {
    const parameters = new PunktParameters();
    parameters.abbrevTypes.add("mr").add(". . ").add("é");
    parameters.sentStarters.add("the");
    parameters.addCollocation("##number##", "b");
    parameters.addCollocation("##number##", "a");
    parameters.addOrthoContext("the", 126);
    await writePunktTab(`${dir}/new/english`, parameters);
    assertEquals(await readPunktTab(`${dir}/new/english`), parameters);
    assertEquals(
      Deno.readTextFileSync(`${dir}/new/english/collocations.tab`),
      "##number##\ta\n##number##\tb\n",
    );
    assertEquals(namesIn(`${dir}/new/english`), [
      "abbrev_types.txt",
      "collocations.tab",
      "ortho_context.tab",
      "sent_starters.txt",
    ]);
  }));

test("readPunktTab() names the file that is missing", () =>
  inFolder(async (dir) => {
    await assertRejects(() => readPunktTab(dir), Deno.errors.NotFound, "abbrev_types.txt");
  }));

test("readPunktTab() names the line that is malformed", () =>
  inFolder(async (dir) => {
    await writePunktTab(dir, new PunktParameters());
    Deno.writeTextFileSync(`${dir}/ortho_context.tab`, "the\t126\nof\tmany\n");
    await assertRejects(() => readPunktTab(dir), SyntaxError, "Cannot read line 2 of");
    Deno.writeTextFileSync(`${dir}/ortho_context.tab`, "the 126\n");
    await assertRejects(() => readPunktTab(dir), SyntaxError, "two fields");
    Deno.writeFileSync(`${dir}/ortho_context.tab`, new Uint8Array([0xff]));
    await assertRejects(() => readPunktTab(dir), SyntaxError, "is not UTF-8");
  }));

test("writePunktTab() refuses a folder that is a file", () =>
  inFolder(async (dir) => {
    Deno.writeTextFileSync(`${dir}/file`, "");
    await assertRejects(
      () => writePunktTab(`${dir}/file`, new PunktParameters()),
      Deno.errors.AlreadyExists,
      "it is a file",
    );
  }));
