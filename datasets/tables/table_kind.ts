import type { TableForm } from "./table_form.ts";

/** What a table consists of. */
export type TableKind = "csv" | "jsonl" | "parquet";

/**
 * Tells from the name of a file what kind of table it is.
 *
 * @param path The file; a `.gz` at the end is overlooked.
 * @returns How to read it, or nothing where the name does not tell.
 */
export function tableKind(
  path: string,
): Pick<TableForm, "separator"> & { readonly kind: TableKind } | undefined {
  switch (/\.([a-z]+)(\.gz)?$/i.exec(path)?.[1]?.toLowerCase()) {
    case "csv":
      return { kind: "csv" };
    case "tsv":
    case "tab":
      return { kind: "csv", separator: "\t" };
    case "jsonl":
    case "ndjson":
      return { kind: "jsonl" };
    case "parquet":
    case "pq":
      return { kind: "parquet" };
  }
  return undefined;
}
