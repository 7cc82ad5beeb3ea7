/** What is to be done when the program ends, however it ends. */
const last: (() => void | Promise<void>)[] = [];
let ending: Promise<unknown> = Promise.resolve();
let whenThereIs: (() => void) | undefined;

/**
 * Has something done when the program ends: before it is left because of an error, or ended by a
 * signal, too.
 *
 * @param work What is to be done; what it throws is not told.
 */
export function atEnd(work: () => void | Promise<void>): void {
  last.push(work);
  whenThereIs?.();
  whenThereIs = undefined;
}

/**
 * Has something done as soon as there is anything to do at the end.
 *
 * @param work What is to be done; once.
 */
export function onceAtEnd(work: () => void): void {
  if (last.length > 0) work();
  else whenThereIs = work;
}

/** Does what is to be done at the end; once, however often it is asked for. */
export async function end(): Promise<void> {
  const now = Promise.allSettled(last.splice(0).map(async (work) => await work()));
  await (ending = Promise.all([ending, now]));
}
