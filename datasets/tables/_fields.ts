/**
 * Cuts a record of CSV, whose quotes are known to be whole, into its fields (RFC 4180). A quote
 * inside a field without quotes is a character like others.
 *
 * @param record The record, without its line end.
 * @param delimiter What stands between fields.
 */
export function fieldsOf(record: string, delimiter: string): string[] {
  const fields: string[] = [];
  for (let at = 0;;) {
    let end: number;
    if (record[at] === '"') {
      end = at + 1;
      for (;;) {
        end = record.indexOf('"', end);
        if (end < 0) throw new SyntaxError("it has a quote that is never closed");
        if (record[end + 1] !== '"') break;
        end += 2;
      }
      fields.push(record.slice(at + 1, end).replaceAll('""', '"'));
      end++;
    } else {
      end = record.indexOf(delimiter, at);
      if (end < 0) end = record.length;
      fields.push(record.slice(at, end));
    }
    if (end >= record.length) return fields;
    at = end + 1;
  }
}

/** The delimiter that stands most often in the first line, outside of quotes. */
export function delimiterOf(line: string): string {
  const bare = line.replaceAll(/"(?:[^"]|"")*"/g, "");
  const count = (delimiter: string) => bare.split(delimiter).length;
  return [",", ";", "\t"].reduce((best, other) => count(other) > count(best) ? other : best);
}
