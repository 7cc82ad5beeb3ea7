/**
 * Completions for shells, made from the same table of options as the command line itself.
 *
 * @module
 */

/** An option of a program. */
export interface Flag {
  /** Its long name, without hyphens. */
  readonly name: string;
  /** Its one-letter name. */
  readonly short?: string;
  /** What it takes, e.g. `FILE`; absent for an option that is on or off. */
  readonly value?: string;
  /** Whether it may be given more than once. @default {false} */
  readonly repeat?: boolean;
  /** What its value may be: files, folders, fixed words, or the name of a list of words. */
  readonly complete?: "file" | "folder" | string | readonly string[];
  /** What it does. */
  readonly help: string;
}

/** Words to complete, by the name that {@linkcode Flag.complete} uses. */
export type WordLists = Readonly<Record<string, readonly string[]>>;

/** The shells that there are completions for. */
export const shells = ["bash", "zsh", "fish"] as const;

/** The name of a shell. */
export type Shell = (typeof shells)[number];

/** Only words that no shell reads as anything else are offered. */
const plain = (words: readonly string[]) => words.filter((word) => /^[\w.:+,/-]+$/.test(word));

function wordsOf({ complete }: Flag, lists: WordLists): readonly string[] | undefined {
  if (complete === undefined || complete === "file" || complete === "folder") return undefined;
  return plain(typeof complete === "string" ? lists[complete] ?? [] : complete);
}

const functionName = (program: string) => `_${program.replaceAll(/\W/g, "_")}`;

function bash(program: string, flags: readonly Flag[], lists: WordLists): string {
  const cases = flags.filter(({ value }) => value !== undefined).map((flag) => {
    const words = wordsOf(flag, lists);
    const reply = words
      ? `words='${words.join(" ")}'`
      : flag.complete === "folder"
      ? "folders=1"
      : flag.complete === "file"
      ? "files=1"
      : "return";
    return `    --${flag.name}) ${reply} ;;`;
  });
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
        *) return ;;
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

function zsh(program: string, flags: readonly Flag[], lists: WordLists): string {
  const lines = flags.map((flag) => {
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
    return `    '${flag.repeat ? "*" : ""}--${flag.name}[${zshQuoted(flag.help)}]${value}'`;
  });
  return `#compdef ${program}
# Completions of ${program} for zsh.
${functionName(program)}() {
  _arguments -s \\
${lines.join(" \\\n")} \\
    '1:text:()'
}
if [[ \${funcstack[1]} == ${functionName(program)} ]]; then
  ${functionName(program)} "$@"
else
  compdef ${functionName(program)} ${program}
fi
`;
}

const fishQuoted = (text: string) => `'${text.replaceAll(/['\\]/g, (c) => `\\${c}`)}'`;

function fish(program: string, flags: readonly Flag[], lists: WordLists): string {
  const lines = flags.map((flag) => {
    const words = wordsOf(flag, lists);
    const parts = [`complete -c ${program} -l ${flag.name}`];
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
complete -c ${program} -f
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
 * @returns The script, to be sourced.
 */
export function completions(
  shell: Shell,
  program: string,
  flags: readonly Flag[],
  lists: WordLists = {},
): string {
  return { bash, zsh, fish }[shell](program, flags, lists);
}
