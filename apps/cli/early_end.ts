/** Whether the program is at work: what ends it then has not waited for its work. */
let working = false;

/** Says why the program ends without having done its work. */
function fail(why: string): never {
  working = false;
  console.error(`error: ${why}`);
  Deno.exit(1);
}

function watch(): void {
  // Nothing is left that could go on, but the work is not done.
  addEventListener("beforeunload", () => {
    if (working) fail("The work never ends: a plugin or a model waits for what does not come");
  });
  // Whoever calls the program would take exit code 0 for a result.
  addEventListener("unload", () => {
    if (working && Deno.exitCode === 0) {
      fail("A plugin or a model ended the program before its work was done");
    }
  });
}

/**
 * Does the work of a program, and has it fail where code that it loaded ends it early, by
 * `Deno.exit()` or by a promise that is never settled.
 *
 * @param work The work.
 */
export async function untilDone(work: () => Promise<void> | void): Promise<void> {
  watch();
  working = true;
  try {
    await work();
  } finally {
    working = false;
  }
}

/** Leaves the program with exit code 0, though something of it still runs. */
export function leave(): never {
  working = false;
  Deno.exit(0);
}
