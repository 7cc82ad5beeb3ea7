import {
  englishParameters,
  findPunktParameters,
  PunktParameters,
  readPunktTab,
  sentTokenize,
  writePunktTab,
} from "@heatword/datasets/nltk";
import { assertEquals, assertRejects } from "@std/assert";
import { testPermitted } from "../../_skip.ts";

const test = testPermitted("read", "write");

async function inFolder(act: (dir: string) => Promise<void>): Promise<void> {
  const dir = await Deno.makeTempDir();
  try {
    await act(dir);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

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
    assertEquals([...Deno.readDirSync(`${dir}/new/english`)].length, 4);
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
    await assertRejects(() => readPunktTab(dir), SyntaxError, "is no UTF-8");
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

test("findPunktParameters() takes those of the data folder, else the built-in ones", () =>
  inFolder(async (dir) => {
    assertEquals(await findPunktParameters(dir), englishParameters());
    assertEquals(await findPunktParameters(), englishParameters());
    const parameters = new PunktParameters();
    parameters.abbrevTypes.add("mr");
    await writePunktTab(`${dir}/punkt/english`, parameters);
    assertEquals(await findPunktParameters(dir), parameters);
    Deno.removeSync(`${dir}/punkt/english/ortho_context.tab`);
    await assertRejects(() => findPunktParameters(dir), Deno.errors.NotFound, "ortho_context.tab");
  }));

Deno.test("englishParameters() gives an instance of its own each time", () => {
  const parameters = englishParameters();
  parameters.abbrevTypes.add("approx");
  assertEquals(sentTokenize("It is approx. 5."), ["It is approx.", "5."]);
  assertEquals(sentTokenize("It is approx. 5.", parameters), ["It is approx. 5."]);
});

Deno.test("englishParameters() knows common abbreviations and sentence starters", () => {
  assertEquals(
    sentTokenize(
      "Mr. and Mrs. Smith, e.g. Dr. Miller etc. left the U.S. However, at 5 p.m. they came.",
    ),
    ["Mr. and Mrs. Smith, e.g. Dr. Miller etc. left the U.S.", "However, at 5 p.m. they came."],
  );
});
