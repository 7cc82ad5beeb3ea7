import { assertEquals, assertStringIncludes } from "@std/assert";
import { completions, type Flag, shells } from "../../../apps/cli/completions.ts";
import { permitted } from "../../_permitted.ts";

const flags: readonly Flag[] = [
  { name: "file", value: "FILE", complete: "file", help: "A file: it's read" },
  { name: "folder", value: "DIR", complete: "folder", help: "A folder" },
  { name: "color", value: "WHEN", complete: ["auto", "always", "never"], help: "When [not]" },
  { name: "target", value: "NAMES", complete: "classes", help: "Classes" },
  { name: "quick", short: "q", help: "Be quick" },
];
const lists = { classes: ["sci.med", "sci.space", "rec.autos", "$(touch /tmp/no)", "a b"] };

function has(shell: string): boolean {
  try {
    return permitted("run") &&
      new Deno.Command(shell, { args: ["-c", "exit 0"], stdin: "null" }).outputSync().success;
  } catch {
    return false;
  }
}

/** Runs a script in a shell that has the completions; gives the lines it prints. */
function run(shell: "bash" | "fish", script: string): string[] {
  const { stdout, stderr } = new Deno.Command(shell, {
    args: ["-c", `${completions(shell, "demo", flags, lists)}\n${script}`],
    stdin: "null",
  }).outputSync();
  assertEquals(new TextDecoder().decode(stderr), "");
  return new TextDecoder().decode(stdout).trimEnd().split("\n");
}

for (const shell of shells) {
  Deno.test({
    name: `completions() makes a script that ${shell} can read`,
    ignore: !has(shell),
    fn() {
      const { success, stderr } = new Deno.Command(shell, {
        args: ["-n", "-c", completions(shell, "demo", flags, lists)],
        stdin: "null",
      }).outputSync();
      assertEquals([success, new TextDecoder().decode(stderr)], [true, ""]);
    },
  });
}

Deno.test("completions() offers no word that a shell could read as code", () => {
  for (const shell of shells) {
    const script = completions(shell, "demo", flags, lists);
    assertEquals(script.includes("touch"), false);
    assertStringIncludes(script, "sci.med sci.space rec.autos");
  }
});

Deno.test({
  name: "completions() completes options and values in bash",
  ignore: !has("bash"),
  fn() {
    const complete = (...words: string[]) =>
      run(
        "bash",
        `COMP_WORDS=(demo ${words.map((word) => `"${word}"`).join(" ")})
         COMP_CWORD=${words.length}; _demo; echo "\${COMPREPLY[*]}"`,
      )[0];
    assertEquals(complete("--fo"), "--folder");
    assertEquals(complete("--color", ""), "auto always never");
    assertEquals(complete("--color", "=", "a"), "auto always");
    assertEquals(complete("--target", "sci"), "sci.med sci.space");
    assertEquals(complete("--target", "sci.med,r"), "sci.med,rec.autos");
    assertEquals(complete("--folder", "/us"), "/usr");
    assertEquals(complete("some"), "");
  },
});

Deno.test({
  name: "completions() completes options and values in fish",
  ignore: !has("fish"),
  fn() {
    const complete = (line: string) =>
      run("fish", `complete -C '${line}'`).map((found) => found.split("\t")[0]);
    assertEquals(complete("demo --fo"), ["--folder"]);
    assertEquals(complete("demo --color a"), ["always", "auto"]);
    assertEquals(complete("demo --target sci.m"), ["sci.med"]);
    assertEquals(complete("demo --target sci.med,r"), ["sci.med,rec.autos"]);
  },
});
