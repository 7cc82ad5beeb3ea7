import { unknownName } from "@heatword/core";
import { parse } from "csv-parse";
import { pipeline, Readable } from "node:stream";
import type { Columns, RawRow, Rows } from "./_raw_row.ts";

const MAX_RECORD = 2 ** 26;
const LINE_BREAK = /\r\n|\r|\n/g;

/** Reads the rows of a table whose first line names the columns. */
export async function* csvRows(
  text: AsyncIterable<string>,
  columns: Columns,
  delimiter?: string,
): Rows {
  const chunks = text[Symbol.asyncIterator]();
  let start = "";
  while (!/[\r\n]/.test(start)) {
    const { value, done } = await chunks.next();
    if (done) break;
    start += value;
  }
  async function* whole() {
    yield start;
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value;
  }
  let failure: unknown;
  const source = (async function* () {
    try {
      yield* whole();
    } catch (error) {
      failure = error;
      throw error;
    }
  })();
  // Counted where a record ends: the stream is ahead of its reader, and the parser takes CR LF inside
  // quotes for two lines.
  let line = 1;
  const onRecord = (record: string[]): string[] => {
    const first = line;
    const breaks = record.reduce((sum, field) => sum + (field.match(LINE_BREAK)?.length ?? 0), 0);
    line += breaks + 1;
    return [String(first), String(first + breaks), ...record];
  };
  const parser = pipeline(
    Readable.from(source, { objectMode: false }),
    parse({
      delimiter: delimiter ?? delimiterOf(start.split(/[\r\n]/, 1)[0]!),
      relax_column_count: true,
      relax_quotes: true,
      max_record_size: MAX_RECORD,
      on_record: onRecord,
    }),
    () => {},
  );
  let header: string[] | undefined;
  try {
    for await (const item of parser) {
      const [first, last, ...record] = item as [string, string, ...string[]];
      const place = first === last ? `line ${first}` : `lines ${first} to ${last}`;
      if (record.length === 1 && record[0]!.trim() === "") continue;
      if (!header) {
        header = record.map((column) => column.trim());
        checkHeader(header, columns);
      } else if (record.length !== header.length) {
        const problem = `it has ${record.length} fields and not ${header.length}`;
        yield { place, problem };
      } else yield rowOf(record, header, columns, place, first);
    }
  } catch (error) {
    if (failure) throw failure;
    const code = (error as { code?: string }).code;
    if (code === "CSV_QUOTE_NOT_CLOSED") {
      throw new SyntaxError(`a quote that opens in line ${line} or later is never closed`);
    }
    if (code === "CSV_MAX_RECORD_SIZE") {
      throw new SyntaxError(
        `the row that begins in line ${line} is too long; is a quote not closed?`,
      );
    }
    throw error;
  } finally {
    await chunks.return?.();
  }
  if (!header) throw new SyntaxError("it is empty");
}

/** The delimiter that stands most often in the first line. */
function delimiterOf(line: string): string {
  const count = (delimiter: string) => line.split(delimiter).length;
  return [",", ";", "\t"].reduce((best, other) => count(other) > count(best) ? other : best);
}

function checkHeader(header: string[], columns: Columns): void {
  for (const column of Object.values(columns)) {
    const times = header.filter((name) => name === column).length;
    if (times === 0) throw unknownName("column", column, header);
    if (times > 1) throw new SyntaxError(`it has the column "${column}" ${times} times`);
  }
}

function rowOf(
  record: string[],
  header: string[],
  columns: Columns,
  place: string,
  name: string,
): RawRow {
  const field = (column: string) => record[header.indexOf(column)];
  return {
    place,
    name,
    text: field(columns.text),
    label: field(columns.label),
    ...(columns.id === undefined ? {} : { id: field(columns.id) }),
  };
}
