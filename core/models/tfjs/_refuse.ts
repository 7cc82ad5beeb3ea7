/**
 * Refuses a file that makes no sense.
 *
 * @param name Its name.
 * @param what What is wrong with it, and what to do.
 * @throws {SyntaxError} Always.
 */
export function refuse(name: string, what: string): never {
  throw new SyntaxError(`Cannot read "${name}": ${what}`);
}
