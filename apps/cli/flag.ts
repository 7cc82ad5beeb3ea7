/** An option of a program, as its help and its completions show it. */
export interface Flag {
  /** Its long name, without hyphens. */
  readonly name: string;
  /** Its one-letter name. */
  readonly short?: string;
  /** Other long names that mean the same. */
  readonly aliases?: readonly string[];
  /** Long names that it had before: they are taken with a notice, and shown nowhere. */
  readonly formerly?: readonly string[];
  /** What it takes, e.g. `FILE`; absent for an option that is on or off. */
  readonly value?: string;
  /** Whether it may be given more than once. @default {false} */
  readonly repeat?: boolean;
  /** What its value may be: files, folders, fixed words, or the name of a list of words. */
  readonly complete?: "file" | "folder" | string | readonly string[];
  /** What it does. */
  readonly help: string;
}

/** What was given for an option: nothing, a value, several, or that it is on. */
export type Given = undefined | boolean | string | readonly string[];

/** An option that can be read: what the command line gives for it becomes a `T`, or is refused. */
export interface TypedFlag<N extends string, T> extends Flag {
  /** Its long name, without hyphens. */
  readonly name: N;
  /**
   * Reads it.
   *
   * @param given What the command line gives.
   * @param name The name that was given, which may be one of the aliases.
   * @returns The value; that of an option which is not given is its default.
   * @throws {UsageError} If it makes no sense.
   */
  read(given: Given, name: string): T;
}

/** The values of a table of options, by name. */
export type Values<F extends readonly TypedFlag<string, unknown>[]> = {
  readonly [One in F[number] as One["name"]]: ReturnType<One["read"]>;
};

/** An object without the properties that are undefined: what was not given is left out. */
export type Defined<T> =
  & {
    [K in keyof T as undefined extends T[K] ? never : K]: T[K];
  }
  & { [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined> };

/** Leaves out the properties that are undefined. */
export function defined<T extends object>(object: T): Defined<T> {
  const entries = Object.entries(object).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Defined<T>;
}
