import type { Flag } from "./flag.ts";
import type { Program } from "./program.ts";

/** The longest line. */
const WIDTH = 98;

/** The widest that names of options may be for their help to stand beside them. */
const COLUMN = 27;

function paragraph(text: string, width: number): string[] {
  const lines = [""];
  for (const word of text.split(" ")) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (longer.length > width) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}

function headOf({ name, short, aliases = [], value }: Flag): string {
  const names = [...(short === undefined ? [] : [`-${short}`]), `--${name}`];
  for (const alias of aliases) names.push(`--${alias}`);
  return `  ${names.join(", ")}${value === undefined ? "" : ` ${value}`}`;
}

/** The lines of a table of options. */
function listed(flags: readonly Flag[]): string {
  const heads = flags.map(headOf);
  const column = 2 + Math.max(
    ...heads.map((head) => head.length).filter((length) => length <= COLUMN),
  );
  return flags.map(({ help }, i) => {
    const head = heads[i]!;
    const lines = paragraph(help, WIDTH - column);
    const beside = head.length + 2 <= column;
    return [
      beside ? head.padEnd(column) + lines.shift() : head,
      ...lines.map((line) => " ".repeat(column) + line),
    ].join("\n");
  }).join("\n");
}

/** The text of `--help`. */
export function helpOf(program: Program): string {
  const { about, usage, details, allFlags, notes, examples, end } = program;
  const [first, ...more] = usage;
  return [
    about,
    [`Usage: ${first}`, ...more.map((line) => `       ${line}`)].join("\n"),
    details,
    `Options:\n${listed(allFlags)}`,
    notes,
    examples && ["Examples:", ...examples.map((line) => `  ${line}`)].join("\n"),
    end,
  ].filter((part) => part !== undefined).map((part) => part.trim()).join("\n\n");
}
