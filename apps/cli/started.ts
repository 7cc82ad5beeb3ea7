/** What a command that holds several programs has started. */
interface Start {
  /** The address of the program's module. */
  readonly module: string;
  /** The arguments of the program. */
  readonly args: readonly string[];
  /** What the command makes of a text that tells how to run programs. */
  readonly inItsWords: (text: string) => string;
}

// On globalThis, as the npm package and a compiled command import modules in ways of their own.
const key = Symbol.for("heatword.start");
const current = (): Start | undefined => Reflect.get(globalThis, key);

/**
 * Starts a program: its module begins its work as soon as it is imported.
 *
 * @param module The address of its module.
 * @param args Its arguments.
 * @param inItsWords What becomes of a text that tells how to run programs.
 */
export async function startProgram(
  module: string,
  args: readonly string[],
  inItsWords: (text: string) => string,
): Promise<void> {
  const start: Start = { module, args, inItsWords };
  Object.assign(globalThis, { [key]: start });
  await import(module);
}

/** A text that tells how to run programs, in the words of the command that was started. */
export function inWordsOfCommand(text: string): string {
  return current()?.inItsWords(text) ?? text;
}

/**
 * Whether a module is the program that runs: it is what Deno was given, or what a command started.
 *
 * @param meta The module's `import.meta`.
 */
export function isStarted(
  { main, url }: { readonly main: boolean; readonly url: string },
): boolean {
  const start = current();
  return start === undefined ? main : start.module === url;
}

/** The arguments of the program that runs. */
export function programArguments(): readonly string[] {
  return current()?.args ?? Deno.args;
}
