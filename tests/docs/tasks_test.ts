import { assert, assertEquals, assertNotMatch } from "@std/assert";
import { readRepositoryFile } from "./_documents.ts";
import { permitted, testWith } from "../_permitted.ts";

const test = testWith("read");

interface Task {
  readonly description?: string;
  readonly command?: string;
}

const { tasks, imports } = JSON.parse(
  permitted("read") ? readRepositoryFile("deno.json") : "{}",
) as {
  tasks: Record<string, Task>;
  imports: Record<string, string>;
};

test("every task says what it is for", () => {
  for (const [name, { description }] of Object.entries(tasks)) {
    assert(description && /^[A-Z].*[^.]$/.test(description), `${name}: ${description}`);
  }
});

test("no task of a program has more permissions than it names", () => {
  for (const [name, { command = "" }] of Object.entries(tasks)) {
    assertNotMatch(command, /\s(-A|--allow-all)\b/, name);
    if (!/^deno run .* apps\//.test(command)) continue;
    // Reading and writing go where the user says; all else is named.
    assertNotMatch(command, /--allow-(env|sys|ffi|run|import)(\s|$)/, name);
  }
});

test("every package has an exact version", () => {
  for (const [name, from] of Object.entries(imports)) {
    if (from.startsWith("npm:")) assert(/@\d+\.\d+\.\d+(\/|$)/.test(from), `${name}: ${from}`);
  }
});

test("every stand-in of @std has a line in the README that names the package", () => {
  const [, block] = /^```json\n([^]*?)^```/m.exec(readRepositoryFile("README.md"))!;
  const lines: Record<string, string> = JSON.parse(`{${block}}`);
  const standIns = Object.keys(imports).filter((name) => name.startsWith("@std/"));
  assertEquals(Object.keys(lines).sort(), standIns.sort());
  for (const [name, from] of Object.entries(lines)) {
    assert(from.startsWith("jsr:@std/") && from.replace(/@\d+/, "") === `jsr:${name}`, from);
  }
});
