import { progressOf, saidBy } from "../_said.ts";

/** What a run of a program gave. */
export interface RunResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Lines of progress, which are not in `stderr`. */
  readonly progress: string;
}

/** The repository. */
export const root: string = decodeURIComponent(new URL("../..", import.meta.url).pathname);

/** How to run a program. */
export interface RunSettings {
  /** Variables of its environment, above those that keep the user's own settings out. */
  readonly env?: Record<string, string>;
  /** Flags of Deno that say what it may do. @default {the program's own set in deno.json} */
  readonly permissions?: readonly string[];
}

/** What came of a run. */
export function resultOf(code: number, stdout: Uint8Array, stderr: Uint8Array): RunResult {
  return {
    code,
    stdout: new TextDecoder().decode(stdout),
    stderr: saidBy(stderr),
    progress: progressOf(stderr),
  };
}

/**
 * Runs a program of this project to its end, with the permissions that its task gives it.
 *
 * @param name The name of its task, such as `check-model`.
 * @param args Its command line.
 * @param settings How to run it.
 */
export async function runProgram(
  name: string,
  args: readonly string[],
  { env, permissions = [`-P=${name}`] }: RunSettings = {},
): Promise<RunResult> {
  const script = `${root}apps/${name.replace("-", "_")}.ts`;
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-prompt", ...permissions, script, ...args],
    cwd: root,
    env: { HEATWORD_DATA: "", HEATWORD_MODEL: "", HEATWORD_DEBUG: "", NO_COLOR: "1", ...env },
    stdin: "null",
  }).output();
  return resultOf(code, stdout, stderr);
}
