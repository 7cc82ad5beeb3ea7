import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { isThere } from "../cli/is_there.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const NO_COLORS = { NO_COLOR: "1" };

/**
 * Why Deno could not compile, in one line.
 *
 * @param said What it said on standard error.
 */
export function reasonOf(said: string): string {
  const lines = said.split("\n").map((line) => line.trim().replace(/^(error|\d+): /, ""));
  if (/denort|Setting up base binary/.test(said)) {
    // The last cause is the nearest to the fault; a stack says nothing.
    const causes = lines.filter((line) =>
      line !== "" && !/^(Stack backtrace|<unknown>)/.test(line)
    );
    return `Deno cannot fetch its runtime, denort ${Deno.version.deno} (${causes.at(-1)}); ` +
      "compile where it can, or name the file of a denort in DENORT_BIN";
  }
  return lines.find((line) => line !== "") ?? "Deno does not say why";
}

/** Makes sure that a compiled command is one: with a wrong runtime it is something else. */
async function tryCommand(file: string, version: string): Promise<void> {
  try {
    const { success, stdout } = await new Deno.Command(file, {
      args: ["--version"],
      env: NO_COLORS,
      stdin: "null",
    }).output();
    if (success && decode(stdout).trim() === version) return;
  } catch {
    // It cannot even be started, as that of another system.
  }
  throw new Error(
    `Cannot compile: what was compiled does not run; is DENORT_BIN the denort of Deno ${Deno.version.deno}?`,
  );
}

/** How a command is compiled. */
export interface Compilation {
  /** The file to write. */
  readonly out: string;
  /** The version that the command says it has. */
  readonly version: string;
  /** The arguments of `deno` that compile it to a file. */
  readonly argumentsFor: (file: string) => readonly string[];
  /** The program that compiles. @default {Deno.execPath()} */
  readonly deno?: string;
}

/**
 * Compiles the command to one file, which holds all of it or is not there.
 *
 * @param compilation What to compile, and where to.
 * @returns How many bytes the file has.
 * @throws {TypeError} If there is something under its name.
 * @throws {Error} If it cannot be compiled, e.g. as Deno cannot fetch its runtime.
 */
export async function compile(
  { out, version, argumentsFor, deno = Deno.execPath() }: Compilation,
): Promise<number> {
  const target = resolve(out);
  if (await isThere(target)) {
    throw new TypeError(
      `Cannot write "${out}": it is there already; remove it, or name another file`,
    );
  }
  const folder = await Deno.makeTempDir({ prefix: "heatword-compile-" });
  try {
    const compiled = `${folder}/heatword${Deno.build.os === "windows" ? ".exe" : ""}`;
    const { success, stderr } = await new Deno.Command(deno, {
      args: [...argumentsFor(compiled)],
      cwd: root,
      env: NO_COLORS,
      stdin: "null",
    }).output();
    if (!success) throw new Error(`Cannot compile: ${reasonOf(decode(stderr))}`);
    await tryCommand(compiled, version);
    await Deno.mkdir(dirname(target), { recursive: true });
    const beside = `${target}.${crypto.randomUUID()}.tmp`;
    try {
      await Deno.copyFile(compiled, beside);
      await Deno.rename(beside, target);
    } catch (error) {
      await Deno.remove(beside).catch(() => {});
      throw error;
    }
    return (await Deno.stat(target)).size;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
