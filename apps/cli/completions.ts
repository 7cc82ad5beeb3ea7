/**
 * Completions for shells, made from the same table of options as the command line itself.
 *
 * @module
 */

import type { Flag } from "./flag.ts";

export type { Flag } from "./flag.ts";

/** Words to complete, by the name that {@linkcode Flag.complete} uses. */
export type WordLists = Readonly<Record<string, readonly string[]>>;

/** The shells that there are completions for. */
export const shells = ["bash", "zsh", "fish"] as const;

/** The name of a shell. */
export type Shell = (typeof shells)[number];

/** Only words that no shell reads as anything else are offered. */
const plain = (words: readonly string[]) => words.filter((word) => /^[\w.:+,/-]+$/.test(word));

function wordsOf(
  { complete }: Pick<Flag, "complete">,
  lists: WordLists,
): readonly string[] | undefined {
  if (complete === undefined || complete === "file" || complete === "folder") return undefined;
  return plain(typeof complete === "string" ? lists[complete] ?? [] : complete);
}

const functionName = (program: string) => `_${program.replaceAll(/\W/g, "_")}`;

/** What makes a completion script. */
interface Script {
  readonly program: string;
  readonly flags: readonly Flag[];
  readonly lists: WordLists;
  /** What the arguments are that are not options. */
  readonly positional: Pick<Flag, "complete">;
}

/** All names of an option, with hyphens. */
const namesOf = ({ name, aliases = [] }: Flag) => [name, ...aliases].map((one) => `--${one}`);

function bash({ program, flags, lists, positional }: Script): string {
  const replyFor = (what: Pick<Flag, "complete">) => {
    const words = wordsOf(what, lists);
    if (words) return `words='${words.join(" ")}'`;
    if (what.complete === "folder") return "folders=1";
    return what.complete === "file" ? "files=1" : "return";
  };
  const cases = flags.filter(({ value }) => value !== undefined)
    .map((flag) => `    ${namesOf(flag).join("|")}) ${replyFor(flag)} ;;`);
  return `# Completions of ${program} for bash.
${functionName(program)}() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]}
  local words= folders= files= prefix=
  COMPREPLY=()
  # bash cuts --name=value at the equals sign.
  if [[ $current == = ]]; then
    current=
  elif [[ $previous == = ]]; then
    previous=\${COMP_WORDS[COMP_CWORD-2]}
  fi
  case $previous in
${cases.join("\n")}
    *)
      case $current in
        -*) words='${flags.map(({ name }) => `--${name}`).join(" ")}' ;;
        *) ${replyFor(positional)} ;;
      esac ;;
  esac
  if [[ $folders ]]; then
    compopt -o filenames 2>/dev/null
    mapfile -t COMPREPLY < <(compgen -d -- "$current")
  elif [[ $files ]]; then
    compopt -o filenames 2>/dev/null
    mapfile -t COMPREPLY < <(compgen -f -- "$current")
  else
    [[ $current == *,* ]] && prefix=\${current%,*},
    mapfile -t COMPREPLY < <(compgen -P "$prefix" -W "$words" -- "\${current##*,}")
  fi
}
complete -F ${functionName(program)} ${program}
`;
}

const zshQuoted = (text: string) =>
  text.replaceAll(/['[\]:\\]/g, (c) => c === "'" ? `'\\''` : `\\${c}`);

function zsh({ program, flags, lists, positional }: Script): string {
  const lines = flags.flatMap((flag) => {
    const words = wordsOf(flag, lists);
    const action = words
      ? typeof flag.complete === "string"
        ? `_values -s , ${flag.value} ${words.join(" ")}`
        : `(${words.join(" ")})`
      : flag.complete === "folder"
      ? "_files -/"
      : flag.complete === "file"
      ? "_files"
      : " ";
    const value = flag.value === undefined ? "" : `:${flag.value}:${action}`;
    return namesOf(flag).map((name) =>
      `    '${flag.repeat ? "*" : ""}${name}[${zshQuoted(flag.help)}]${value}'`
    );
  });
  const others = wordsOf(positional, lists);
  const rest = others
    ? `*:argument:(${others.join(" ")})`
    : positional.complete === "file"
    ? "*:file:_files"
    : "1:text:()";
  return `#compdef ${program}
# Completions of ${program} for zsh.
${functionName(program)}() {
  _arguments -s \\
${lines.join(" \\\n")} \\
    '${rest}'
}
if [[ \${funcstack[1]} == ${functionName(program)} ]]; then
  ${functionName(program)} "$@"
else
  compdef ${functionName(program)} ${program}
fi
`;
}

const fishQuoted = (text: string) => `'${text.replaceAll(/['\\]/g, (c) => `\\${c}`)}'`;

function fish({ program, flags, lists, positional }: Script): string {
  const others = wordsOf(positional, lists);
  const rest = positional.complete === "file" ? "-F" : "-f";
  const lines = flags.map((flag) => {
    const words = wordsOf(flag, lists);
    const names = namesOf(flag).map((name) => `-l ${name.slice(2)}`);
    const parts = [`complete -c ${program} ${names.join(" ")}`];
    if (flag.short) parts.push(`-s ${flag.short}`);
    if (words) {
      const list = words.join(" ");
      const offered = typeof flag.complete === "string" ? `(__fish_append , ${list})` : list;
      parts.push(`-x -a ${fishQuoted(offered)}`);
    } else if (flag.complete === "folder") parts.push("-x -a '(__fish_complete_directories)'");
    else if (flag.complete === "file") parts.push("-r -F");
    else if (flag.value !== undefined) parts.push("-x");
    parts.push(`-d ${fishQuoted(flag.help)}`);
    return parts.join(" ");
  });
  return `# Completions of ${program} for fish.
complete -c ${program} ${rest}${others ? ` -a ${fishQuoted(others.join(" "))}` : ""}
${lines.join("\n")}
`;
}

/**
 * Makes a completion script.
 *
 * @param shell The shell.
 * @param program The name of the command.
 * @param flags Its options.
 * @param lists Words by list name.
 * @param positional What the arguments are that are not options; nothing is offered where it is not
 * said.
 * @returns The script, to be sourced.
 */
export function completions(
  shell: Shell,
  program: string,
  flags: readonly Flag[],
  lists: WordLists = {},
  positional?: Flag["complete"],
): string {
  const script = {
    program,
    flags,
    lists,
    positional: positional === undefined ? {} : { complete: positional },
  };
  return { bash, zsh, fish }[shell](script);
}
