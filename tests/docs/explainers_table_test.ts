import { listExplainers } from "@heatword/core";
import "@heatword/explainers";
import { assertEquals } from "@std/assert";
import { root } from "../apps/_run_program.ts";
import { testPermitted } from "../_skip.ts";

const test = testPermitted("read");

test("the table of docs/explainers.md says what the tags of the explainers say", async () => {
  const text = await Deno.readTextFile(`${root}docs/explainers.md`);
  const rows = [...text.matchAll(/^\| `([\w-]+)`\s*\|(.*)\|$/gm)]
    .map(([, name, rest]) => [name!, ...rest!.split("|").map((cell) => cell.trim())])
    .filter((cells) => cells.length === 6);
  const answer = (yes: boolean | undefined) => yes ? "yes" : "no";
  const said = rows.map(([name, needs, signed, sum, ignores, samples]) => [
    name,
    needs,
    signed,
    /^f − f/.test(sum!) ? "difference" : /^f(, less|$)/.test(sum!) ? "score" : false,
    ignores,
    samples,
  ]);
  const promised = listExplainers().map(({ name, tags }) => [
    name,
    tags.needs,
    answer(tags.signed),
    tags.conserves,
    answer(tags.ignoresDeleted),
    answer(tags.stochastic),
  ]);
  assertEquals(new Map(said.map((row) => [row[0], row])), new Map(promised.map((r) => [r[0], r])));
});
