import {
  type CommonHeader,
  type FileEntry,
  isCount,
  openHeader,
  refuse,
} from "../../folder/header.ts";

export const FORMAT = "heatword-char-cnn";
const VERSION = 1;
const ROLES = ["alphabet", "network"] as const;

/** The header as it stands in model.json. */
export interface Header extends CommonHeader {
  /** How many characters A the alphabet has. */
  readonly characters: number;
  /** Numbers per character (D). */
  readonly dimensions: number;
  /** How many filters F there are. */
  readonly filters: number;
  /** How many characters K a filter spans. */
  readonly width: number;
  /** Most characters of a word that are seen, the blank after it included. */
  readonly wordLength: number;
  /** Whether a blank follows each word. */
  readonly blanks: boolean;
  readonly files: Readonly<Record<typeof ROLES[number], FileEntry>>;
}

/** What every header of this version says. */
export const common = { format: FORMAT, version: VERSION } as const;

/** How many numbers each array of the network has, in their order. */
export function sizesOf(
  { characters, dimensions, filters, width, classes }: Omit<Header, "files" | "checksum">,
): readonly [name: string, numbers: number][] {
  return [
    ["vectors", characters * dimensions],
    ["convolutionWeights", width * dimensions * filters],
    ["convolutionBias", filters],
    ["denseWeights", filters * classes.length],
    ["denseBias", classes.length],
  ];
}

/**
 * Reads and checks model.json.
 *
 * @throws {SyntaxError} If anything in it is not as this format has it.
 */
export async function parseHeader(bytes: Uint8Array): Promise<Header> {
  const header = await openHeader<Header>(bytes, {
    format: FORMAT,
    versions: [VERSION],
    roles: ROLES,
  });
  for (const name of ["characters", "dimensions", "filters", "width", "wordLength"] as const) {
    if (!isCount(header[name], 1)) refuse(`"${name}" is not a positive whole number`);
  }
  if (typeof header.blanks !== "boolean") refuse('"blanks" is neither true nor false');
  const numbers = sizesOf(header).reduce((sum, [, count]) => sum + count, 0);
  if (header.files.network.bytes !== 4 * numbers) {
    refuse('"files.network.bytes" does not fit the sizes of the model');
  }
  if (header.text === undefined) refuse('"text" is missing');
  return header;
}
