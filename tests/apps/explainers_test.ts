import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { testPermitted } from "../_skip.ts";
import { runProgram } from "./_run_program.ts";

const test = testPermitted("read", "write", "env", "run");

const root = new URL("../../", import.meta.url);

const run = (name: string, ...args: string[]) => runProgram(name, args);

async function plugin(): Promise<string> {
  const readme = await Deno.readTextFile(new URL("explainers/README.md", root));
  const path = await Deno.makeTempFile({ suffix: ".ts" });
  await Deno.writeTextFile(path, /^```ts\n([\s\S]*?)^```$/m.exec(readme)![1]!);
  return path;
}

test("explainers lists name, tags, options with defaults, and citation of each", async () => {
  const { code, stdout, stderr } = await run("explainers");
  assertEquals([code, stderr], [0, ""]);
  assertMatch(stdout, /^lrp$/m);
  assertMatch(stdout, /^ {2}sums to: the score, less what biases keep$/m);
  assertMatch(stdout, /^ {2}--option epsilon=0\.01$/m);
  assertStringIncludes(stdout, "Bach et al. 2015");
});

test("explainers --json lists the same as JSON, with plugins", async () => {
  const path = await plugin();
  const { code, stdout } = await run("explainers", "--json", "--plugin", path);
  await Deno.remove(path);
  const list: { name: string; options: Record<string, { default: unknown }> }[] = JSON.parse(
    stdout,
  );
  assertEquals(code, 0);
  assertEquals(list.map(({ name }) => name), [
    "lrp",
    "sa",
    "gradient-input",
    "integrated-gradients",
    "smoothgrad",
    "deeplift",
    "occlusion",
    "lime",
    "kernel-shap",
    "sampled-shapley",
    "shapley",
    "random",
    "soloist",
  ]);
  assertEquals(list[0]!.options.bias!.default, "share");
});

test("check-explainer prints the card of a file and of a built-in explainer", async () => {
  const path = await plugin();
  const { code, stdout, stderr } = await run("check-explainer", path, "sa");
  assertEquals([code, stderr], [0, ""]);
  assertMatch(stdout, /^soloist: conforms$/m);
  assertMatch(stdout, /^sa: conforms$/m);
  const json = JSON.parse((await run("check-explainer", path, "--json")).stdout);
  assertEquals([json[0].explainer, json[0].passed], ["soloist", true]);
  const content = (await Deno.readTextFile(path)).replace(
    "Float64Array.from(alone",
    "Array.from(alone",
  );
  await Deno.writeTextFile(path, content);
  const bad = await run("check-explainer", path);
  await Deno.remove(path);
  assertEquals(bad.code, 1);
  assertMatch(bad.stdout, /^soloist: does not conform$/m);
  assertMatch(
    bad.stdout,
    /✗ gives a finite number .*: .* returned "words" as an array, not a Float64Array/,
  );
});

test("explainers and check-explainer say in one line what is wrong", async () => {
  const cases: [args: string[], code: number, message: string][] = [
    [["explainers", "--jsn"], 2, 'Unknown option "--jsn": did you mean "--json"?'],
    [["explainers", "--plugin", "none.ts"], 1, 'Cannot find plugin "none.ts"'],
    [["check-explainer"], 2, "name a file"],
    [["check-explainer", "lpr"], 1, 'Unknown explainer "lpr": did you mean "lrp"?'],
    [["check-explainer", "./LICENSE"], 1, 'Cannot load plugin "./LICENSE"'],
  ];
  for (const [[app, ...args], expected, message] of cases) {
    const { code, stdout, stderr } = await run(app!, ...args);
    assertEquals([code, stdout], [expected, ""]);
    assertStringIncludes(stderr, message);
    assertEquals(stderr.trimEnd().split("\n").length, 1);
  }
});
