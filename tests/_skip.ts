// What some tests need and not every machine or every run has. All of them skip in one way: the test
// is counted as ignored, and its name says why.
import { environmentVariable, isGranted } from "@heatword/core/permissions";
import { findData } from "@heatword/datasets";
import { hasNewsgroups } from "@heatword/datasets/newsgroups";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** Settings of a test that {@linkcode testWith} takes. */
export type TestSettings = Pick<
  Deno.TestDefinition,
  "permissions" | "sanitizeExit" | "sanitizeOps" | "sanitizeResources"
>;

/** The first reason there is, if any. */
export function firstReason(...reasons: readonly (string | undefined)[]): string | undefined {
  return reasons.find((reason) => reason !== undefined);
}

/** The name of a test or step that may be skipped. */
export function nameWith(lacks: string | undefined, name: string): string {
  return lacks === undefined ? name : `${name} (skipped: ${lacks})`;
}

/**
 * Registers a test that needs something.
 *
 * @param lacks What is missing here, as the reason to skip the test; undefined where all is there.
 * @param name The name.
 * @param fn The test.
 * @param settings Further settings of `Deno.test`.
 */
export function testWith(
  lacks: string | undefined,
  name: string,
  fn: (t: Deno.TestContext) => void | Promise<void>,
  settings: TestSettings = {},
): void {
  Deno.test({ ...settings, name: nameWith(lacks, name), ignore: lacks !== undefined, fn });
}

/** A permission that a test may need. */
export type Permission = "read" | "write" | "env" | "run" | "net" | "sys" | "ffi";

const mayDo = (name: Permission) =>
  // Of the network, this machine is enough.
  isGranted(name === "net" ? { name, host: "127.0.0.1" } : { name });

/** Whether all of some permissions are granted. */
export function permitted(...permissions: readonly Permission[]): boolean {
  return permissions.every(mayDo);
}

/** Which of some permissions are not granted, as the reason to skip a test, if any. */
export function lacksPermission(...permissions: readonly Permission[]): string | undefined {
  const missing = permissions.filter((name) => !mayDo(name));
  return missing.length === 0 ? undefined : `no permission: ${missing.join(", ")}`;
}

/** A test by its name, or by its definition; with settings between name and function, too. */
interface RegisterTest {
  (name: string, fn: Deno.TestDefinition["fn"]): void;
  (
    name: string,
    settings: Omit<Deno.TestDefinition, "fn" | "name">,
    fn: Deno.TestDefinition["fn"],
  ): void;
  (definition: Deno.TestDefinition): void;
}

/**
 * `Deno.test` for tests that need permissions: without them it skips each. `deno test` alone runs
 * what needs none; `deno test -P` runs all.
 *
 *     const test = testPermitted("read", "write");
 *     test("a file can be written", async () => { … });
 */
export function testPermitted(...permissions: readonly Permission[]): RegisterTest {
  const lacks = lacksPermission(...permissions);
  if (lacks === undefined) return Deno.test;
  return (test: string | Deno.TestDefinition) => {
    const name = typeof test === "string" ? test : test.name;
    Deno.test.ignore(nameWith(lacks, name), () => {});
  };
}

function isThere(path: string): boolean {
  if (!permitted("read")) return false;
  try {
    Deno.statSync(path);
    return true;
  } catch {
    return false;
  }
}

const root = fileURLToPath(new URL("..", import.meta.url));

/** The data folder: $HEATWORD_DATA, else what the program that fetches data fills. */
export const dataFolder: string = resolve(root, findData());

/** A file of the data folder, or why there is none. */
export function dataFile(path: string): { path: string; lacks: string | undefined } {
  const whole = `${dataFolder}/${path}`;
  return {
    path: whole,
    lacks: lacksPermission("read") ??
      (isThere(whole) ? undefined : `HEATWORD_DATA has no ${path}`),
  };
}

/** Why there is no 20Newsgroups corpus, if there is none. */
export const lacksCorpus: string | undefined = lacksPermission("read") ??
  (isThere(dataFolder) && hasNewsgroups(dataFolder)
    ? undefined
    : "HEATWORD_DATA has no 20Newsgroups corpus");

/** The folder of other implementations' answers; empty where $HEATWORD_FIXTURES names none. */
export const fixturesFolder: string = environmentVariable("HEATWORD_FIXTURES") ?? "";

/** Why there is no folder of fixtures of a name, if there is none. */
export function lacksFixtures(name: string): string | undefined {
  return lacksPermission("read", "env") ??
    (fixturesFolder !== "" && isThere(`${fixturesFolder}/${name}`)
      ? undefined
      : `HEATWORD_FIXTURES has no ${name}`);
}

/** Why a program cannot be run, if it cannot. */
export function lacksProgram(name: string): string | undefined {
  if (!permitted("run")) return lacksPermission("run");
  try {
    const { success } = new Deno.Command("which", { args: [name], stdin: "null" }).outputSync();
    if (success) return undefined;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return `there is no ${name}`;
}

/** Why Python cannot import something, if it cannot. */
export function lacksPython(name: string): string | undefined {
  const lacks = lacksProgram("python3");
  if (lacks !== undefined) return lacks;
  const { success } = new Deno.Command("python3", {
    args: ["-c", `import ${name}`],
    stdin: "null",
    stderr: "null",
  }).outputSync();
  return success ? undefined : `Python has no ${name}`;
}

/** Why a package of npm cannot be used without a download, if it cannot. */
export function lacksPackage(specifier: string): string | undefined {
  const lacks = lacksPermission("read", "env", "run");
  if (lacks !== undefined) return lacks;
  const { success } = new Deno.Command(Deno.execPath(), {
    args: ["eval", "--no-config", "--no-lock", "--cached-only", `await import("npm:${specifier}")`],
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).outputSync();
  return success ? undefined : `${specifier} was not downloaded`;
}
