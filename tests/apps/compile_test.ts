import { assertEquals, assertMatch, assertRejects, assertStringIncludes } from "@std/assert";
import { compileArguments } from "../../apps/compile/arguments.ts";
import { compile, reasonOf } from "../../apps/compile/compile.ts";
import { isStarted, programArguments } from "../../apps/cli/started.ts";
import { programs } from "../../apps/cli/programs/mod.ts";
import { Places } from "../../apps/npm/places.ts";
import { inFolder, namesIn } from "../_in_folder.ts";
import { root } from "./_run_program.ts";
import { lacksPermission, testPermitted, testWith } from "../_skip.ts";

const places = new Places({
  imports: {},
  packages: { core: { name: "@heatword/core", exports: { ".": "./mod.ts" } } },
});

const named = (text: string, isStatic: boolean, isType = false) => ({
  range: [0, 0] as const,
  text,
  isStatic,
  isType,
});

Deno.test("what is compiled are all programs but the page's, what they start, and their files", () => {
  const parts = {
    configuration: { imports: {}, packages: {} },
    version: "0.1.0",
    places,
    modules: [{
      path: "eval/a/run.ts",
      text: "",
      names: [
        named("@heatword/core", true),
        named("../b/type.ts", false, true),
        named("./worker.ts", false),
        named("./table.bin", false),
        named("node:path", true),
      ],
    }],
    files: ["eval/a/table.bin", "datasets/posts/1.txt"],
  };
  const all = compileArguments(parts, "/tmp/out");
  const included = all.flatMap((argument) => /^--include=(.*)$/.exec(argument)?.[1] ?? []);
  const paged = ["report", "serve"];
  assertEquals(
    included,
    [
      "datasets/posts/1.txt",
      "eval/a/table.bin",
      "eval/a/worker.ts",
      ...programs.map(({ name }) => name).filter((name) => !paged.includes(name))
        .map((name) => `apps/${name.replaceAll("-", "_")}.ts`),
    ].sort(),
  );
  assertEquals(all.filter((argument) => !argument.startsWith("--include=")), [
    "compile",
    "--quiet",
    "--no-check",
    "--exclude-unused-npm",
    "--allow-read",
    "--allow-write",
    "--allow-env",
    "--allow-net",
    "--allow-run",
    "--allow-sys",
    "--app-name=heatword",
    "--output=/tmp/out",
    "apps/compile/main.ts",
  ]);
});

const unreachable = `error: Writing deno compile executable to temporary file 'a.out.tmp-a926'

Caused by:
    0: Setting up base binary.
    1: error sending request for url (https://example.org/denort.zip): client error (Connect)
    2: dns error
    3: failed to lookup address information: Name or service not known

Stack backtrace:
   0: <unknown>
`;

Deno.test("a runtime that cannot be fetched is told in one line, with the way out", () => {
  assertEquals(
    reasonOf(unreachable),
    `Deno cannot fetch its runtime, denort ${Deno.version.deno} (failed to lookup address ` +
      "information: Name or service not known); compile where it can, or name the file of a denort " +
      "in DENORT_BIN",
  );
  assertEquals(
    reasonOf('error: Module not found "file:///a.ts".\n    at b\n'),
    'Module not found "file:///a.ts".',
  );
  assertEquals(reasonOf(""), "Deno does not say why");
});

/** A program in place of Deno, which compiles what a script says. */
async function fake(folder: string, script: string): Promise<string> {
  const path = `${folder}/deno`;
  await Deno.writeTextFile(path, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return path;
}

const lacksShell = lacksPermission("read", "write", "run") ??
  (Deno.build.os === "windows" ? "there is no sh" : undefined);

testWith(lacksShell, "compile() writes the whole file, or nothing", async () => {
  await inFolder(async (folder) => {
    const out = `${folder}/new/heatword`;
    const compiled = (deno: string) =>
      compile({ out, version: "1.2.3", argumentsFor: (file) => [file], deno });
    const failing = await fake(
      folder,
      `echo half > "$1"; cat >&2 <<'END'\n${unreachable}END\nexit 1`,
    );
    await assertRejects(
      () => compiled(failing),
      Error,
      "Cannot compile: Deno cannot fetch its runtime",
    );
    const wrong = await fake(folder, 'printf "#!/bin/sh\\necho deno 1.2.3" > "$1"; chmod +x "$1"');
    await assertRejects(() => compiled(wrong), Error, "what was compiled does not run");
    const other = await fake(folder, 'printf "no program" > "$1"');
    await assertRejects(() => compiled(other), Error, "what was compiled does not run");
    assertEquals(namesIn(folder), ["deno"]);
    const right = await fake(folder, 'printf "#!/bin/sh\\necho 1.2.3" > "$1"; chmod +x "$1"');
    assertEquals(await compiled(right), "#!/bin/sh\necho 1.2.3".length);
    assertEquals(namesIn(`${folder}/new`), ["heatword"]);
    await Deno.writeTextFile(out, "mine");
    await assertRejects(() => compiled(right), TypeError, "it is there already");
    assertEquals(await Deno.readTextFile(out), "mine");
  });
});

const test = testPermitted("read", "run");

async function command(...args: string[]) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-q", "--no-check", "-P", "apps/compile/main.ts", ...args],
    cwd: root,
    env: { NO_COLOR: "1", HEATWORD_MODEL: "" },
    stdin: "null",
  }).output();
  const [out, said] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  return { code, out: out!, said: said! };
}

test("the command starts the program that is named, with its arguments", async () => {
  const { code, out, said } = await command("tokenize", "--help");
  assertEquals([code, said], [0, ""]);
  assertMatch(out, /Usage: heatword tokenize/);
  assertEquals(await command("serve"), {
    code: 2,
    out: "",
    said: 'error: "serve" is not a part of this command: it needs the repository, and Deno\n',
  });
});

test("every program begins where it is started, by Deno or by the command", () => {
  assertEquals(programArguments(), Deno.args);
  assertEquals(isStarted({ main: true, url: "file:///a.ts" }), true);
  assertEquals(isStarted({ main: false, url: "file:///a.ts" }), false);
  for (const { name } of programs) {
    const module = Deno.readTextFileSync(`${root}apps/${name.replaceAll("-", "_")}.ts`);
    assertStringIncludes(module, "\nif (isStarted(import.meta)) {\n", name);
  }
});

/** Why Deno has no runtime to compile with, if it has none. */
function lacksRuntime(): string | undefined {
  const lacks = lacksPermission("read", "write", "env", "run");
  if (lacks !== undefined) return lacks;
  if (Deno.env.get("DENORT_BIN")) return undefined;
  const { stdout } = new Deno.Command(Deno.execPath(), { args: ["info", "--json"] }).outputSync();
  const { denoDir } = JSON.parse(new TextDecoder().decode(stdout));
  const place = `${denoDir}/dl/release/v${Deno.version.deno}`;
  try {
    if (namesIn(place).some((name) => name.startsWith("denort-"))) return undefined;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return "Deno has not fetched its runtime, denort";
}

testWith(lacksRuntime(), "deno task compile makes a file that explains", async () => {
  await inFolder(async (folder) => {
    const run = async (program: string, ...args: string[]) => {
      const { success, stdout, stderr } = await new Deno.Command(program, { args, cwd: root })
        .output();
      const said = new TextDecoder().decode(success ? stdout : stderr);
      assertEquals([success, said], [true, said]);
      return said;
    };
    const out = `${folder}/heatword`;
    await run(Deno.execPath(), "run", "-q", "-P=compile", "apps/compile.ts", "--out", out);
    const text = ["explain", "The shuttle reached its orbit", "--format", "json"];
    assertEquals(
      JSON.parse(await run(out, ...text)),
      JSON.parse(
        await run(Deno.execPath(), "run", "-q", "-P", "apps/explain.ts", ...text.slice(1)),
      ),
    );
  });
});
