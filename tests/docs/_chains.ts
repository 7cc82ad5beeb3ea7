import type { Command } from "./_commands.ts";
import { filesWritten, namesFile, patternOf } from "./_files.ts";

/** Commands of a document that hang together, and what has to be run before them. */
export interface Chain {
  /** Commands of other documents that make what these take for granted, in order. */
  readonly before: readonly Command[];
  /** The commands, in order. */
  readonly commands: readonly Command[];
}

/** Files that a command makes or takes though its text does not say so. */
export interface Unsaid {
  readonly writes?: readonly string[] | undefined;
  readonly reads?: readonly string[] | undefined;
}

/** For each command the places of the earlier ones whose files it takes. */
function sources(commands: readonly Command[], unsaid: (command: Command) => Unsaid): number[][] {
  const writers = new Map<string, number>();
  return commands.map((command, place) => {
    const { writes = [], reads = [] } = unsaid(command);
    const written = [...filesWritten(command.text), ...writes.map(patternOf)];
    const found = [...writers].filter(([file]) =>
      !written.includes(file) && (reads.includes(file) || namesFile(command.text, file))
    );
    for (const file of written) writers.set(file, place);
    return [...new Set(found.map(([, writer]) => writer))];
  });
}

/**
 * Puts commands together that have to be run one after the other: those of a block, and those of a
 * document of which one takes a file that another makes. What another document has to have made
 * comes with them, so that each chain can be run alone.
 *
 * @param commands The commands, document by document.
 * @param unsaid Files that a command makes or takes though its text does not say so.
 * @returns The chains, in the order of their first commands. Every command is in one of them.
 */
export function chainsOf(
  commands: readonly Command[],
  unsaid: (command: Command) => Unsaid = () => ({}),
): Chain[] {
  const from = sources(commands, unsaid);
  // The first place of the chain that each place belongs to.
  const firsts: number[] = [];
  for (const [place, { document, block }] of commands.entries()) {
    const joined = [
      ...from[place]!,
      commands.findIndex((other) => other.document === document && other.block === block),
    ].filter((other) => other < place && commands[other]!.document === document)
      .map((other) => firsts[other]!);
    const first = Math.min(place, ...joined);
    firsts.push(first);
    for (const [other, old] of firsts.entries()) if (joined.includes(old)) firsts[other] = first;
  }
  const before = (place: number): number[] =>
    from[place]!.flatMap((source) => [...before(source), source]);
  return [...new Set(firsts)].sort((a, b) => a - b).map((first) => {
    const own = [...firsts.keys()].filter((place) => firsts[place] === first);
    const foreign = new Set(own.flatMap(before).filter((place) => !own.includes(place)));
    return {
      before: [...foreign].sort((a, b) => a - b).map((place) => commands[place]!),
      commands: own.map((place) => commands[place]!),
    };
  });
}
