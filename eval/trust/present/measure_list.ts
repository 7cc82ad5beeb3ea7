import { MEASURES } from "../measures/registry.ts";

/**
 * All measures for a terminal: name, what it says, what it needs, and its columns with the direction
 * that is good.
 *
 * @returns Lines, blank ones between measures.
 */
export function measureList(): string {
  return MEASURES.map(({ name, about, needs, columns }) =>
    [
      name,
      `  ${about}`,
      `  needs: ${needs}`,
      ...columns.map((column) =>
        `  column ${column.name}: ${column.better} is better${
          column.source === undefined ? "" : `; ${column.source}`
        }`
      ),
    ].join("\n")
  ).join("\n\n");
}
