import { lacksPermission } from "../../_skip.ts";

/** What a program prints; Deno itself reads /proc only with all permissions. */
function said(program: string, ...args: string[]): string {
  return new TextDecoder().decode(new Deno.Command(program, { args }).outputSync().stdout);
}

const namesIn = (folder: string) => said("ls", folder).split("\n").filter((name) => name !== "");

/** The processes that a process started, on Linux; those of threads, too. */
export function childrenOf(id: number): number[] {
  const children: number[] = [];
  for (const name of namesIn(`/proc/${id}/task`)) {
    const list = said("cat", `/proc/${id}/task/${name}/children`).trim();
    if (list !== "") children.push(...list.split(" ").map(Number));
  }
  return children;
}

/** How many file descriptors a process has open, on Linux. */
export function descriptorsOf(id: number): number {
  const { length } = namesIn(`/proc/${id}/fd`);
  // Every process has some: none means that they could not be listed, which must not pass as few.
  if (length === 0) throw new Error(`Cannot list the file descriptors of process ${id}`);
  return length;
}

/** Why the system does not tell of processes by files, if it does not. */
export const lacksProc: string | undefined =
  lacksPermission("read", "write", "env", "run", "net") ??
    (Deno.build.os === "linux" ? undefined : "the system has no /proc");
