import * as nltk from "@heatword/datasets/nltk";
import { assertEquals, assertRejects } from "@std/assert";
import { inFolder } from "../../_in_folder.ts";
import { testPermitted } from "../../_skip.ts";

const test = testPermitted("read", "write");

test("findPunktParameters() takes those of the data folder, else the built-in ones", () =>
  inFolder(async (dir) => {
    assertEquals(await nltk.findPunktParameters(dir), nltk.englishParameters());
    assertEquals(await nltk.findPunktParameters(), nltk.englishParameters());
    const parameters = new nltk.PunktParameters();
    parameters.abbrevTypes.add("mr");
    await nltk.writePunktTab(`${dir}/punkt/english`, parameters);
    assertEquals(await nltk.findPunktParameters(dir), parameters);
    Deno.removeSync(`${dir}/punkt/english/ortho_context.tab`);
    await assertRejects(
      () => nltk.findPunktParameters(dir),
      Deno.errors.NotFound,
      "ortho_context.tab",
    );
  }));

Deno.test("englishParameters() gives an instance of its own each time", () => {
  const parameters = nltk.englishParameters();
  parameters.abbrevTypes.add("approx");
  assertEquals(nltk.sentTokenize("It is approx. 5."), ["It is approx.", "5."]);
  assertEquals(nltk.sentTokenize("It is approx. 5.", parameters), ["It is approx. 5."]);
});

Deno.test("englishParameters() knows common abbreviations and sentence starters", () => {
  assertEquals(
    nltk.sentTokenize(
      "Mr. and Mrs. Smith, e.g. Dr. Miller etc. left the U.S. However, at 5 p.m. they came.",
    ),
    ["Mr. and Mrs. Smith, e.g. Dr. Miller etc. left the U.S.", "However, at 5 p.m. they came."],
  );
});
