import type { Column } from "../measures/column.ts";
import { MEASURES } from "../measures/registry.ts";

/** What was measured of texts: each figure of a row has the name of its column. */
export const COLUMNS: readonly Column[] = MEASURES.flatMap(({ columns }) => columns);
