import { completions, type Shell, shells, type WordLists } from "./completions.ts";
import { choiceFlag, switchFlag } from "./flag_kinds.ts";
import type { Flag, TypedFlag, Values } from "./flag.ts";

/** A table of options. */
export type Flags = readonly TypedFlag<string, unknown>[];

/** What a program is and takes; parsing, `--help` and completions come from it. */
export interface ProgramSpec<F extends Flags> {
  /** Its name: that of its task. */
  readonly name: string;
  /** The command that completions are for, where it is not the name. */
  readonly command?: string;
  /** What it does; lines of the help. */
  readonly about: string;
  /** How it is called, a line each. */
  readonly usage: readonly string[];
  /** More of the help, before the options. */
  readonly details?: string;
  /** Its options. */
  readonly flags: F;
  /** More of the help, after the options. */
  readonly notes?: string;
  /** How it is called, for example. */
  readonly examples?: readonly string[];
  /** The last lines of the help. */
  readonly end?: string;
  /** How many positional arguments there may be at most. @default {0} */
  readonly positionals?: number;
  /** What positional arguments may be, for completions. */
  readonly completePositional?: Flag["complete"];
}

/** The options that every program has. */
const everywhere = [
  choiceFlag("completions", shells, {
    value: "SHELL",
    help: "Print completions for bash, zsh or fish, and end",
  }),
  switchFlag("help", "Print this help, and end", "h"),
] as const;

/** A program with all its options, those that every program has too. */
export interface Program<F extends Flags = Flags> extends ProgramSpec<F> {
  /** All its options. */
  readonly allFlags: Flags;
}

/** What was given to a program: the value of each option, and the other arguments. */
export type Arguments<F extends Flags> = Values<F> & {
  /** The arguments that are not options. */
  readonly positionals: readonly string[];
  /** The names of the options that were given. */
  readonly given: ReadonlySet<string>;
  /** The shell that completions are asked for. */
  readonly completions: Shell | undefined;
};

/** The arguments of a program. */
export type ArgumentsOf<P> = P extends Program<infer F> ? Arguments<F> : never;

/** Declares a program. */
export function defineProgram<const F extends Flags>(spec: ProgramSpec<F>): Program<F> {
  return { ...spec, allFlags: [...spec.flags, ...everywhere] };
}

/** The completions of a program. */
export function programCompletions(
  { name, command = name, allFlags, completePositional }: Program,
  shell: Shell,
  lists: WordLists = {},
): string {
  return completions(shell, command, allFlags, lists, completePositional);
}
