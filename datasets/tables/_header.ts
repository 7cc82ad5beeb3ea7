import { shortened, unknownName } from "@heatword/core";
import { type FieldForm, fieldsOf } from "./_fields.ts";
import type { FileRecord } from "./_records.ts";
import type { Decode } from "./encoding.ts";
import type { AskedColumns, TableForm } from "./table_form.ts";

/**
 * The names of the columns.
 *
 * @param record The first row.
 * @param form How fields stand in it.
 * @param named Whether it names them; else they go by number.
 * @param decode Turns bytes into text.
 */
export function headerOf(
  record: FileRecord,
  form: FieldForm,
  named: boolean,
  decode: Decode,
): string[] {
  try {
    if (record.fault !== undefined) throw new SyntaxError(record.fault);
    const fields = fieldsOf(decode(record.bytes), form);
    return named ? fields.map((name) => name.trim()) : fields.map((_, i) => String(i + 1));
  } catch (error) {
    throw new SyntaxError(`in its first row, ${(error as Error).message}`);
  }
}

/**
 * Makes sure that a table has the columns that are asked for.
 *
 * @throws {RangeError} If one is not there.
 * @throws {SyntaxError} If one is there twice.
 */
export function checkHeader(
  header: readonly string[],
  { columns = [], optional = [], header: named = true }: AskedColumns & Pick<TableForm, "header">,
): void {
  for (const column of [...columns, ...optional]) {
    const times = header.filter((name) => name === column).length;
    if (times > 1) {
      throw new SyntaxError(`it has the column "${shortened(column)}" ${times} times`);
    }
    if (times === 0 && columns.includes(column)) throw missing(column, header, named);
  }
}

function missing(column: string, header: readonly string[], named: boolean): RangeError {
  if (!named) {
    return new RangeError(
      `Unknown column "${shortened(column)}": without a header line columns go by number, ` +
        `from 1 to ${header.length}`,
    );
  }
  const { message } = unknownName("column", column, header);
  const isNumber = /^[1-9]\d*$/.test(column) && Number(column) <= header.length;
  return new RangeError(
    isNumber || header.some((name) => name.length > 40)
      ? `${message}; if its first row is one of the data, add --no-header`
      : message,
  );
}
