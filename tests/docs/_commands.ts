/** A command of a document, as a reader would type it. */
export interface Command {
  /** The document, from the root of the repository. */
  readonly document: string;
  /** The line it begins on, from 1. */
  readonly line: number;
  /** The line that its block begins on: a block is typed from the first command to the last. */
  readonly block: number;
  /** What to type: lines that end with a backslash are joined, comments are gone. */
  readonly text: string;
}

/** Cuts off a comment: a "#" at the start of a word, outside of quotes. */
function withoutComment(line: string): string {
  let quote = "";
  for (let i = 0; i < line.length; i++) {
    const c = line[i]!;
    if (quote) quote = c === quote ? "" : quote;
    else if (c === "'" || c === '"') quote = c;
    else if (c === "#" && (i === 0 || /\s/.test(line[i - 1]!))) return line.slice(0, i);
  }
  return line;
}

/** The `sh` blocks of a Markdown document, and the line that each begins on. */
function blocksOf(markdown: string): { line: number; text: string }[] {
  return [...markdown.matchAll(/^```sh\n([^]*?)^```/gm)].map(({ index, 1: text }) => ({
    line: markdown.slice(0, index).split("\n").length + 1,
    text: text!,
  }));
}

/** Whether a block is a file, not something to type. */
const isScript = ({ text }: { text: string }) => text.startsWith("#!");

/** The scripts that stand in the `sh` blocks of a Markdown document. */
export function scriptsOf(markdown: string): string[] {
  return blocksOf(markdown).filter(isScript).map(({ text }) => text);
}

/** The commands in the `sh` blocks of a Markdown document. */
export function commandsOf(document: string, markdown: string): Command[] {
  const commands: Command[] = [];
  for (const block of blocksOf(markdown).filter((block) => !isScript(block))) {
    let pending = "";
    let first = block.line;
    for (const [at, raw] of block.text.split("\n").entries()) {
      if (pending === "") first = block.line + at;
      const text = `${pending} ${withoutComment(raw)}`.trim();
      pending = text.endsWith("\\") ? text.slice(0, -1).trim() : "";
      if (pending === "" && text !== "") {
        commands.push({ document, line: first, block: block.line, text });
      }
    }
  }
  return commands;
}

/** The names of the tasks that a text tells its reader to run. */
export function tasksNamedIn(text: string): string[] {
  return [...text.matchAll(/\bdeno(?:@[\d.]+)? task ([a-z][a-z0-9:-]*)/g)].map(([, name]) => name!);
}
