import { assert, assertEquals, assertNotMatch } from "@std/assert";
import { readRepositoryFile } from "./_documents.ts";
import { permitted, testPermitted } from "../_skip.ts";

const test = testPermitted("read");

interface Task {
  readonly description?: string;
  readonly command?: string;
}

const { tasks, imports, permissions } = JSON.parse(
  permitted("read") ? readRepositoryFile("deno.json") : "{}",
) as {
  tasks: Record<string, Task>;
  imports: Record<string, string>;
  permissions: Record<string, Record<string, unknown>>;
};

test("every task says what it is for", () => {
  for (const [name, { description }] of Object.entries(tasks)) {
    assert(description && /^[A-Z].*[^.]$/.test(description), `${name}: ${description}`);
  }
});

/** Programs that go to addresses that the user names. */
const NETWORKED = ["fetch", "reproduce", "serve"];

function checkSet(name: string, { read, write, env, net, run, ...other }: Record<string, unknown>) {
  // Reading and writing go where the user says; all else is named.
  assertEquals([other, read], [{}, true], name);
  assert(write === undefined || write === true || Array.isArray(write), name);
  assert(Array.isArray(env) && env.every((variable) => /^[A-Z_]+\*?$/.test(variable)), name);
  assertEquals(net, NETWORKED.includes(name) ? true : undefined, name);
  // What was compiled is tried, wherever it is.
  assertEquals(run, { serve: ["deno"], compile: true }[name], name);
}

test("-P alone gives the programs what explain needs", () => {
  const apps = JSON.parse(readRepositoryFile("apps/deno.json"));
  assertEquals(apps.permissions, { default: permissions.explain });
});

test("no task of a program has more permissions than it names", () => {
  for (const [name, { command = "" }] of Object.entries(tasks)) {
    assertNotMatch(command, /\s(-A|--allow-all)\b/, name);
    if (!/^deno run .* apps\//.test(command)) continue;
    const [, set] = /^deno run -q -P=(\S+) apps\/\w+\.ts$/.exec(command) ?? [];
    assertEquals(set, name);
    checkSet(name, permissions[name]!);
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
