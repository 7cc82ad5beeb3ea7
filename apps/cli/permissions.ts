import { environmentVariable, isGranted } from "@heatword/core/permissions";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { shellWord } from "./shell_word.ts";
import { programArguments } from "./started.ts";

/** A permission that a program cannot do without. */
export interface Need {
  /** What needs it, as a message begins: `Option --file`. */
  readonly by: string;
  /** What it is about to do. */
  readonly to: "read" | "write" | "net" | "run";
  /** The file, the folder with a slash at its end, or the host and port; everything when absent. */
  readonly what?: string;
}

/** Something was not allowed: the message says by which command it is. */
class PermissionError extends Error {
  override name = "PermissionError";
}

/** Programs that need more than to read and write; their permissions have a name of their own. */
const namedSets = new Set(["fetch", "reproduce", "serve"]);

/** What runs commands. */
const SHELL = "sh";

/** Where sets of permissions expect the cache. */
const CACHE = "./.cache/";

const LONGEST_ARGUMENT = 200;

/** An argument, cut where it is long. */
const shortArgument = (argument: string) =>
  argument.length > LONGEST_ARGUMENT ? `${argument.slice(0, LONGEST_ARGUMENT)}…` : argument;

/** The flag for what a set of permissions may not have: programs, other machines, other folders. */
function flagOf({ to, what }: Need): string[] {
  if (to === "run") return ["--allow-run"];
  if (to === "write") return what === undefined ? [] : [`--allow-write=${folderOf(what)}`];
  return to === "net" ? [what === undefined ? "--allow-net" : `--allow-net=${what}`] : [];
}

/**
 * The command that runs a program with the permissions it needs.
 *
 * @param args Its arguments.
 * @param script The program; the one that runs when absent.
 * @param needs What it needs that its set of permissions may not have.
 */
export function commandWithPermissions(
  args: readonly string[] = programArguments(),
  script: string = fileURLToPath(Deno.mainModule),
  needs: readonly Need[] = [],
): string {
  const name = /([^/\\]*)\.ts$/.exec(script)?.[1] ?? "";
  const isNamed = namedSets.has(name);
  const set = isNamed ? `-P=${name}` : "-P";
  // The named sets have all but the shell, which runs the command of a model, and a cache that lies
  // elsewhere; -P may write everywhere.
  const missing = needs.filter(({ to, what }) =>
    isNamed ? what === SHELL || to === "write" && what !== CACHE : to !== "write"
  );
  const flags = new Set(missing.flatMap(flagOf).map(shellWord));
  const words = [relative(Deno.cwd(), script), ...args].map(shortArgument).map(shellWord);
  return ["deno", "run", set, ...flags, ...words].join(" ");
}

const folderOf = (path: string) => path.replace(/[^/]*$/, "") || ".";

function descriptors({ to, what }: Need): Deno.PermissionDescriptor[] {
  if (what === undefined) return [{ name: to }];
  if (to === "read") return [{ name: "read", path: what }];
  if (to === "net") return [{ name: "net", host: what }];
  if (to === "run") return [{ name: "run", command: what }];
  // A file is written under another name beside it, and then renamed.
  const path = folderOf(what);
  return [{ name: "write", path }, { name: "read", path }];
}

const actions = {
  read: "read",
  write: "write",
  net: "use the network",
  run: "run programs",
} as const;

/**
 * Checks that all is granted before anything is begun, so that nobody is asked for it.
 *
 * @throws {PermissionError} If something is not.
 */
export function requirePermissions(needs: readonly Need[]): void {
  for (const need of needs) {
    if (descriptors(need).every(isGranted)) continue;
    const { by, to, what } = need;
    const object = to === "net" || to === "run" ? "" : what === undefined ? " files" : ` "${what}"`;
    throw new PermissionError(
      `${by} needs permission to ${actions[to]}${object}: ${
        commandWithPermissions(undefined, undefined, needs)
      }`,
    );
  }
}

/** What a program needs that reads and writes wherever it is told to. */
export function needsOfReadingAndWriting(by: string): Need[] {
  return [{ by, to: "read" }, { by, to: "write" }];
}

/** What options with the names of files need; those that are not given, and "-", need nothing. */
export function needsOfFiles(
  to: "read" | "write",
  options: Readonly<Record<string, string | readonly string[] | undefined>>,
): Need[] {
  return Object.entries(options).flatMap(([by, given]) =>
    [given ?? []].flat().filter((what) => what !== "-").map((what) => ({ by, to, what }))
  );
}

/** What the data folder needs that was named, by option or by `$HEATWORD_DATA`. */
export function needsOfData(data?: string): Need[] {
  if (data) return needsOfFiles("read", { "Option --data": data });
  return needsOfFiles("read", {
    "$HEATWORD_DATA": environmentVariable("HEATWORD_DATA") || undefined,
  });
}

/** What a model needs that is a file, a folder, a command or an address. */
export function needsOfSpec(by: string, spec: string | undefined): Need[] {
  if (spec === undefined) return [];
  if (/^command:/.test(spec)) {
    return [{ by, to: "run", ...(Deno.build.os !== "windows" && { what: SHELL }) }];
  }
  if (/^https?:\/\//.test(spec)) {
    const host = URL.parse(spec)?.host;
    return [{ by, to: "net", ...(host && { what: host }) }];
  }
  return needsOfFiles("read", { [by]: spec });
}

/** What the model needs that was named, by option or by `$HEATWORD_MODEL`. */
export function needsOfModel(model?: string): Need[] {
  if (model) return needsOfSpec("Option --model", model);
  return needsOfSpec("$HEATWORD_MODEL", environmentVariable("HEATWORD_MODEL") || undefined);
}
