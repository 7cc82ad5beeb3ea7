import { shortened } from "@heatword/core";

/** The columns of a file. */
interface FileColumns {
  readonly path: string;
  readonly names: readonly string[];
}

const listed = (names: readonly string[]) =>
  names.slice(0, 10).map((name) => `"${shortened(name)}"`).join(", ") +
  (names.length > 10 ? `, and ${names.length - 10} more` : "");

/**
 * Makes sure that the tables of several files have the same columns, in whatever order. Files that
 * have no names of columns, as lines of JSON, fit to all.
 *
 * @returns To be told the columns of each file.
 *
 * @example
 * ```ts
 * import { sameColumns } from "@heatword/datasets/tables";
 * import { assertThrows } from "@std/assert";
 *
 * const onColumns = sameColumns();
 * onColumns("a.csv", ["text", "label"]);
 * onColumns("b.csv", ["label", "text"]);
 * assertThrows(() => onColumns("c.csv", ["text", "class"]), RangeError, 'lacks "label"');
 * ```
 */
export function sameColumns(): (path: string, names: readonly string[]) => void {
  let first: FileColumns | undefined;
  return (path, names) => {
    if (!first) {
      first = { path, names };
      return;
    }
    const lacks = first.names.filter((name) => !names.includes(name));
    const more = names.filter((name) => !first!.names.includes(name));
    if (lacks.length + more.length === 0) return;
    const differences = [
      ...(lacks.length > 0 ? [`lacks ${listed(lacks)}`] : []),
      ...(more.length > 0 ? [`has ${listed(more)} more`] : []),
    ];
    throw new RangeError(
      `its columns are not those of "${first.path}": it ${differences.join(" and ")}`,
    );
  };
}
