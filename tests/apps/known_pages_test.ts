// Pages that programs write are known again, so that a second run may take their place.
import { keepForeign } from "../../apps/cli/keep_foreign.ts";
import { htmlPage, policyFor } from "../../eval/report/page_head.ts";
import { Html } from "../../eval/report/html_elements.ts";
import { assertRejects } from "@std/assert";
import { inFolder } from "../_in_folder.ts";
import { testPermitted } from "../_skip.ts";

const test = testPermitted("read", "write");

test("a page of ours is known again with a script or without, another's is kept", () =>
  inFolder(async (folder) => {
    const path = `${folder}/report.html`;
    const page = { title: "A & B", css: "p { color: red; }", content: new Html("<p>A</p>") };
    const pages = [htmlPage(page), htmlPage({ ...page, policy: await policyFor("alert('a')") })];
    for (const source of pages) {
      await Deno.writeTextFile(path, source);
      await keepForeign([{ path, what: "the report" }]);
    }
    await Deno.writeTextFile(path, "<!DOCTYPE html>\n<html><head><title>Mine</title></head>");
    await assertRejects(
      () => keepForeign([{ path, what: "the report" }]),
      RangeError,
      "which no program of heatword wrote",
    );
  }));
