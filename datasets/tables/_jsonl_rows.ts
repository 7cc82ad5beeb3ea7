import type { Columns, Rows } from "./_raw_row.ts";

const MAX_LINE = 2 ** 26;

/** Reads lines that are an object of JSON each. */
export async function* jsonlRows(text: AsyncIterable<string>, columns: Columns): Rows {
  let number = 0;
  for await (const line of lines(text)) {
    number++;
    if (line.trim() === "") continue;
    const place = `line ${number}`;
    let row: unknown;
    try {
      row = JSON.parse(line);
    } catch {
      yield { place, problem: "it is not JSON" };
      continue;
    }
    if (typeof row !== "object" || row === null || Array.isArray(row)) {
      yield { place, problem: "it is not an object" };
      continue;
    }
    const fields = row as Record<string, unknown>;
    const missing = Object.values(columns).find((column) => !Object.hasOwn(fields, column));
    if (missing !== undefined) {
      yield { place, problem: `it has no "${missing}"` };
      continue;
    }
    yield {
      place,
      name: String(number),
      text: fields[columns.text],
      label: fields[columns.label],
      ...(columns.id === undefined ? {} : { id: fields[columns.id] }),
    };
  }
}

async function* lines(text: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = "";
  for await (const chunk of text) {
    const parts = chunk.split("\n");
    parts[0] = rest + parts[0];
    rest = parts.pop()!;
    yield* parts;
    if (rest.length > MAX_LINE) throw new SyntaxError("a line is too long for a text");
  }
  if (rest !== "") yield rest;
}
