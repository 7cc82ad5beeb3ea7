/** The processes that a process started, on Linux; those of threads, too. */
export function childrenOf(id: number): number[] {
  const children: number[] = [];
  for (const { name } of Deno.readDirSync(`/proc/${id}/task`)) {
    const list = Deno.readTextFileSync(`/proc/${id}/task/${name}/children`).trim();
    if (list !== "") children.push(...list.split(" ").map(Number));
  }
  return children;
}

/** How many file descriptors a process has open, on Linux. */
export function descriptorsOf(id: number): number {
  return [...Deno.readDirSync(`/proc/${id}/fd`)].length;
}

/** Whether the system tells of processes by files. */
export const hasProc: boolean = (() => {
  try {
    return Deno.statSync("/proc/self/fd").isDirectory;
  } catch {
    return false;
  }
})();
