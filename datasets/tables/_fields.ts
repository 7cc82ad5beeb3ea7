/** How fields stand in a record. */
export interface FieldForm {
  /** What stands between two. */
  readonly separator: string;
  /** What stands around those that hold it or a line end; empty where nothing does. */
  readonly quote: string;
  /** How many there are, when that was said: what follows then belongs to the last. */
  readonly max?: number;
}

/**
 * Cuts a record of CSV, whose quotes are known to be whole, into its fields (RFC 4180). A quote
 * inside a field without quotes is a character like others.
 *
 * @param record The record, without its line end.
 * @param form How fields stand in it.
 */
export function fieldsOf(record: string, form: FieldForm): string[] {
  const { separator, quote, max = Infinity } = form;
  const fields: string[] = [];
  for (let at = 0;;) {
    let end: number;
    if (quote !== "" && record[at] === quote) {
      end = at + 1;
      for (;;) {
        end = record.indexOf(quote, end);
        if (end < 0) throw new SyntaxError("it has a quote that is never closed");
        if (record[end + 1] !== quote) break;
        end += 2;
      }
      fields.push(record.slice(at + 1, end).replaceAll(quote + quote, quote));
      end++;
    } else {
      end = fields.length + 1 < max ? record.indexOf(separator, at) : -1;
      if (end < 0) end = record.length;
      fields.push(record.slice(at, end));
    }
    if (end >= record.length) return fields;
    at = end + 1;
  }
}
