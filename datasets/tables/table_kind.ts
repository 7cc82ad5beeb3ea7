import type { ReadRowsOptions } from "./read_rows.ts";

/**
 * Tells from the name of a file what kind of table it is.
 *
 * @param path The file; a `.gz` at the end is overlooked.
 * @returns How to read it, or nothing where the name does not tell.
 */
export function tableKind(path: string): Pick<ReadRowsOptions, "kind" | "delimiter"> | undefined {
  switch (/\.([a-z]+)(\.gz)?$/i.exec(path)?.[1]?.toLowerCase()) {
    case "csv":
      return { kind: "csv" };
    case "tsv":
      return { kind: "csv", delimiter: "\t" };
    case "jsonl":
    case "ndjson":
      return { kind: "jsonl" };
  }
  return undefined;
}
