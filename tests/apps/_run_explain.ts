import { resultOf, root, type RunResult } from "./_run_program.ts";

const script = `${root}apps/explain.ts`;

/** The command line of the program, with the permissions that it says it needs, and more. */
export function explainCommand(
  args: readonly string[],
  env: Record<string, string> = {},
  options: Deno.CommandOptions = {},
  permissions: readonly string[] = [],
): Deno.Command {
  return new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-prompt",
      "--allow-read",
      "--allow-write",
      "--allow-env",
      "--allow-sys",
      ...permissions,
      script,
      ...args,
    ],
    env: { HEATWORD_MODEL: "", NO_COLOR: "", FORCE_COLOR: "0", COLUMNS: "", ...env },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
    ...options,
  });
}

/** Runs the program to its end. */
export async function runExplain(
  args: readonly string[],
  { stdin, env = {} }: { stdin?: string | Uint8Array; env?: Record<string, string> } = {},
): Promise<RunResult> {
  const child = explainCommand(args, env, { stdin: stdin === undefined ? "null" : "piped" })
    .spawn();
  if (stdin !== undefined) {
    const writer = child.stdin.getWriter();
    const bytes = typeof stdin === "string" ? new TextEncoder().encode(stdin) : stdin;
    await writer.write(bytes).catch(() => {});
    await writer.close().catch(() => {});
  }
  const { code, stdout, stderr } = await child.output();
  return resultOf(code, stdout, stderr);
}
