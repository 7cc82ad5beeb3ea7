/**
 * The names of the classes, one for each output.
 *
 * @param names Those that are known.
 * @param outputs How many outputs there are.
 * @returns The names; numbers where none are known.
 * @throws {SyntaxError} If there are more or fewer names.
 */
export function classNames(
  names: readonly string[] | undefined,
  outputs: number,
): readonly string[] {
  if (names === undefined) return Array.from({ length: outputs }, (_, c) => String(c));
  if (names.length === outputs) return names;
  throw new SyntaxError(
    `Cannot use the model: it has ${outputs} outputs, but ${names.length} classes are named`,
  );
}

/**
 * The classes of a model that the library runs, and whether its only output stands for two of them.
 *
 * @param names Those that are known.
 * @param outputs How many outputs there are.
 * @returns The names; the output is then turned into −z/2 and z/2.
 * @throws {SyntaxError} As {@linkcode classNames}.
 */
export function classesOf(
  names: readonly string[] | undefined,
  outputs: number,
): { readonly classes: readonly string[]; readonly isSingle: boolean } {
  return outputs === 1 && names?.length === 2
    ? { classes: names, isSingle: true }
    : { classes: classNames(names, outputs), isSingle: false };
}
