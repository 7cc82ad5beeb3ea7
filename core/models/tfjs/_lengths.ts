/** A text is too short for a window of a layer. */
export class TooShort extends SyntaxError {
  override name = "TooShort";

  /** Says for how many words there is no window. */
  constructor(words: number) {
    super(`Cannot read "model.json": texts of ${words} words are too short for its layers`);
  }
}

/** How long the inputs of a model are. */
export interface Lengths {
  /** Fewest words. */
  readonly min: number;
  /** How many words all inputs have, where that is fixed. */
  readonly fixed?: number | undefined;
  /**
   * The length of the input that a text is filled up to.
   *
   * @param words How many words the text has.
   * @throws {SyntaxError} If the layers fit together for no such length.
   */
  readonly of: (words: number) => number;
}

/** The longest text that a model may need. */
const LONGEST = 2 ** 20;
/** How many further lengths are looked at where the sizes of layers do not fit together. */
const FURTHER = 1024;

/** The least length that is long enough for every window, by doubling and halving. */
function minLength(isShort: (length: number) => boolean): number {
  let enough = 1;
  while (isShort(enough)) {
    if (enough >= LONGEST) throw new TooShort(LONGEST);
    enough *= 2;
  }
  let less = enough >> 1;
  while (enough - less > 1) {
    const middle = (enough + less) >> 1;
    if (isShort(middle)) less = middle;
    else enough = middle;
  }
  return enough;
}

/**
 * Finds how long inputs are from the sizes that the layers give for a length; no text is run.
 *
 * A longer text is never too short for a window. But branches may fit together for some lengths
 * only, as pooled by two with and without padding: then the next length is taken for which they do.
 *
 * @param checkLength Computes the sizes of all layers; throws {@linkcode TooShort}, or another
 * SyntaxError where they do not fit together.
 * @param fixed How many words all inputs have, where that is fixed.
 * @throws {SyntaxError} If there is no length.
 */
export function findLengths(
  checkLength: (length: number) => void,
  fixed: number | undefined,
): Lengths {
  if (fixed !== undefined) {
    checkLength(fixed);
    return { min: fixed, fixed, of: () => fixed };
  }
  const problems = new Map<number, SyntaxError | undefined>();
  const problemAt = (length: number) => {
    if (!problems.has(length)) {
      try {
        checkLength(length);
        problems.set(length, undefined);
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error;
        problems.set(length, error);
      }
    }
    return problems.get(length);
  };
  const next = (length: number) => {
    for (let longer = length; longer <= length + FURTHER; longer++) {
      if (problemAt(longer) === undefined) return longer;
    }
    throw problemAt(length)!;
  };
  const min = next(minLength((length) => problemAt(length) instanceof TooShort));
  return { min, of: (words) => next(Math.max(min, words)) };
}
