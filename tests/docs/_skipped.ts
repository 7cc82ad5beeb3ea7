import { nameWith } from "../_skip.ts";
import type { Command } from "./_commands.ts";
import { filesWritten, namesFile, patternOf } from "./_files.ts";

/** Why a command by itself is not run. */
export interface Skip {
  /** The reason, for people. */
  readonly reason: string;
  /** Whether what it would have done is missing afterwards: then those that follow go with it. */
  readonly missed: boolean;
}

/** A command with the name of its step; with a reason where it is skipped. */
export interface Planned {
  readonly command: Command;
  readonly name: string;
  readonly skipped: string | undefined;
}

/**
 * Finds out which commands of the documents are run. With a command that cannot be run, those that
 * build on it are skipped too: the later ones of its block, and the later ones of its document that
 * name a file which it would have written, unless another command has made it in the meantime.
 *
 * @param commands The commands, document by document.
 * @param skipOf Why a command by itself is not run; undefined where it is.
 * @param alsoWritten Files that a command makes though its text does not say so.
 */
export function planCommands(
  commands: readonly Command[],
  skipOf: (command: Command) => Skip | undefined,
  alsoWritten: (command: Command) => readonly string[] = () => [],
): Planned[] {
  const blocks = new Map<string, number>();
  const files = new Map<string, number>();
  let document = "";
  return commands.map((command) => {
    const { line, text } = command;
    if (command.document !== document) files.clear();
    document = command.document;
    const block = `${document}:${command.block}`;
    const written = [...filesWritten(text), ...alsoWritten(command).map(patternOf)];
    const own = skipOf(command);
    const wanted = [...files].find(([file]) => !written.includes(file) && namesFile(text, file));
    const follows = blocks.get(block) ?? wanted?.[1];
    let skipped = own?.reason;
    if (own === undefined && follows !== undefined) {
      skipped = `it builds on line ${follows}, which is skipped`;
    }
    if (own?.missed || own === undefined && follows !== undefined) {
      const first = follows ?? line;
      if (!blocks.has(block)) blocks.set(block, first);
      for (const file of written) files.set(file, first);
    } else if (own === undefined) { for (const file of written) files.delete(file); }
    return { command, name: nameWith(skipped, `${document}:${line} ${text}`), skipped };
  });
}
