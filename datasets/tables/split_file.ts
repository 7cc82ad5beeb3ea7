import { shortened } from "@heatword/core";
import { readFile } from "@heatword/core/files";

/** What rows of data are for. */
export type Part = "train" | "validation" | "test";

/** How people call the parts. */
const NAMES: Readonly<Record<Part, readonly string[]>> = {
  train: ["train", "training", "learn"],
  validation: ["validation", "valid", "val", "dev", "development", "held-out", "heldout"],
  test: ["test", "testing", "eval", "evaluation"],
};

const parts = Object.keys(NAMES) as Part[];

/**
 * The part of a name as people have it.
 *
 * @param name `train`, `training`, `validation`, `val`, `dev`, `test`, …, in capitals or not.
 * @returns The part; nothing for another name.
 *
 * @example
 * ```ts
 * import { partOf } from "@heatword/datasets/tables";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(["Train", "dev", "x"].map(partOf), ["train", "validation", undefined]);
 * ```
 */
export function partOf(name: string): Part | undefined {
  const plain = name.trim().toLowerCase();
  return parts.find((part) => NAMES[part].includes(plain));
}

/** Which row of data is for what. */
export interface RowParts {
  /** The part of a row, by its number from 0; nothing for one that is in none. */
  of(row: number): Part | undefined;
  /**
   * Makes sure that the rows of data are those that are spoken of.
   *
   * @param rows How many rows there are.
   * @throws {RangeError} If they are not.
   */
  check(rows: number): void;
}

const counted = (rows: number) => `${rows.toLocaleString("en")} ${rows === 1 ? "row" : "rows"}`;

/** The parts as a list of names, one a row. */
function namedRows(names: readonly unknown[]): RowParts {
  const found = names.map((name, row) => {
    const part = typeof name === "string" ? partOf(name) : undefined;
    if (part !== undefined) return part;
    const shown = shortened(JSON.stringify(name) ?? "nothing");
    throw new SyntaxError(`row ${row} has ${shown}, which is neither train, validation nor test`);
  });
  return {
    of: (row) => found[row],
    check(rows) {
      if (rows === found.length) return;
      throw new RangeError(
        `the split names the parts of ${counted(found.length)}, the data has ${rows}`,
      );
    },
  };
}

/** The parts as lists of row numbers; where only one of train and test is listed, the other has the rest. */
function listedRows(lists: Readonly<Partial<Record<Part, readonly unknown[]>>>): RowParts {
  const found = new Map<number, Part>();
  let last = -1;
  for (const part of parts) {
    for (const row of lists[part] ?? []) {
      if (!Number.isSafeInteger(row) || (row as number) < 0) {
        const shown = shortened(JSON.stringify(row) ?? "nothing");
        throw new SyntaxError(`${shown} among the rows of ${part} is not a whole number from 0`);
      }
      const other = found.get(row as number);
      if (other !== undefined) {
        throw new SyntaxError(`row ${row} is there twice: in ${other} and in ${part}`);
      }
      found.set(row as number, part);
      last = Math.max(last, row as number);
    }
  }
  const rest = lists.train && lists.test ? undefined : lists.train ? "test" : "train";
  return {
    of: (row) => found.get(row) ?? rest,
    check(rows) {
      if (last < rows) return;
      throw new RangeError(
        `the split speaks of row ${last}, the data has ${counted(rows)}, counted from 0`,
      );
    },
  };
}

function fromJson(value: unknown): RowParts {
  if (Array.isArray(value)) {
    return value.every((one) => typeof one === "number")
      ? listedRows({ test: value })
      : namedRows(value);
  }
  const lists: Partial<Record<Part, readonly unknown[]>> = {};
  for (const [name, list] of Object.entries(value as object)) {
    const part = partOf(name);
    if (part === undefined || !Array.isArray(list)) continue;
    if (lists[part]) throw new SyntaxError(`it has the part ${part} twice`);
    lists[part] = list;
  }
  if (lists.train || lists.test) return listedRows(lists);
  throw new SyntaxError('it has no list of rows "train" or "test"');
}

function fromLines(text: string): RowParts {
  const lines = text.split(/\r\n|\n|\r/).map((line) => line.trim());
  while (lines.at(-1) === "") lines.pop();
  const filled = lines.filter((line) => line !== "");
  if (filled.length === 0) throw new SyntaxError("it is empty");
  if (partOf(filled[0]!) !== undefined) return namedRows(lines);
  return listedRows({
    test: filled.map((line) => {
      if (/^\d+$/.test(line)) return Number(line);
      throw new SyntaxError(`"${shortened(line)}" is not the number of a row`);
    }),
  });
}

/**
 * Reads which rows of data are to train and which to test on. It takes JSON, `{"train": [0, 2],
 * "test": [1, 3]}` with the numbers of rows, or `["train", "test", …]` with the part of each; or
 * text, a line for each row with the name of its part, or for each row of the test part with its
 * number. Rows are counted from 0, the header line and blank lines not counted, through all files.
 *
 * @param path The file.
 * @returns The parts.
 * @throws {Deno.errors.NotFound} If there is no such file.
 * @throws {SyntaxError} If it is none of these.
 *
 * @example
 * ```ts
 * import { readSplit } from "@heatword/datasets/tables";
 * import { assertEquals } from "@std/assert";
 *
 * const path = await Deno.makeTempFile({ suffix: ".json" });
 * await Deno.writeTextFile(path, '{"train": [0, 2], "test": [1]}');
 * const parts = await readSplit(path);
 * assertEquals([0, 1, 2, 3].map(parts.of), ["train", "test", "train", undefined]);
 * await Deno.remove(path);
 * ```
 */
export async function readSplit(path: string): Promise<RowParts> {
  try {
    const text = new TextDecoder("utf-8").decode(await readFile(path)).trimEnd();
    if (!/^\s*[[{]/.test(text)) return fromLines(text);
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      throw new SyntaxError("it is not JSON");
    }
    return fromJson(value);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) {
      throw new Deno.errors.NotFound(`Cannot find the split "${path}"`);
    }
    if (error instanceof SyntaxError) {
      error.message = `Cannot read the split "${path}": ${error.message}`;
    }
    throw error;
  }
}
