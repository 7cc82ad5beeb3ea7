/** What is to be done when the program ends, however it ends. */
const last: (() => void | Promise<void>)[] = [];

/**
 * Has something done when the program ends, before it is left because of an error, too.
 *
 * @param work What is to be done; what it throws is not told.
 */
export function atEnd(work: () => void | Promise<void>): void {
  last.push(work);
}

/** Does what is to be done at the end. */
export async function end(): Promise<void> {
  await Promise.allSettled(last.splice(0).map(async (work) => await work()));
}
