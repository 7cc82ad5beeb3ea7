import { fileWriter, ParquetWriter } from "hyparquet-writer";
import { columns, type FlatRecord } from "./_format.ts";
import { lineBoundary, splitRecords } from "./_records.ts";

type SchemaElement = ConstructorParameters<typeof ParquetWriter>[0]["schema"][number];

const string = {
  type: "BYTE_ARRAY",
  converted_type: "UTF8",
  logical_type: { type: "STRING" },
} as const;
const double = { type: "DOUBLE" } as const;
const int = { type: "INT32" } as const;

const list = (name: string, element: Partial<SchemaElement>): SchemaElement[] => [
  {
    name,
    repetition_type: "REQUIRED",
    num_children: 1,
    converted_type: "LIST",
    logical_type: { type: "LIST" },
  },
  { name: "list", repetition_type: "REPEATED", num_children: 1 },
  { name: "element", repetition_type: "REQUIRED", ...element },
];

const map = (name: string): SchemaElement[] => [
  {
    name,
    repetition_type: "REQUIRED",
    num_children: 1,
    converted_type: "MAP",
    logical_type: { type: "MAP" },
  },
  { name: "key_value", repetition_type: "REPEATED", num_children: 2 },
  { name: "key", repetition_type: "REQUIRED", ...string },
  { name: "value", repetition_type: "REQUIRED", ...double },
];

const leaf = (
  name: string,
  type: Partial<SchemaElement>,
  repetition_type: "REQUIRED" | "OPTIONAL" = "REQUIRED",
): SchemaElement => ({ name, repetition_type, ...type });

const schemaOf: Record<(typeof columns)[number], SchemaElement[]> = {
  id: [leaf("id", string, "OPTIONAL")],
  label: [leaf("label", string, "OPTIONAL")],
  explainer: [leaf("explainer", string)],
  target: [leaf("target", string)],
  score: [leaf("score", double)],
  predicted: [leaf("predicted", string)],
  runner_up: [leaf("runner_up", string, "OPTIONAL")],
  truncated: [leaf("truncated", int)],
  text: [leaf("text", string)],
  scores: map("scores"),
  tokens: list("tokens", string),
  starts: list("starts", int),
  ends: list("ends", int),
  relevance: list("relevance", double),
};

/** How many bytes of JSON make a row group: what is held in memory at once. */
const GROUP = 16 * 2 ** 20;

/**
 * Turns records in JSON lines into a Parquet file, group by group in constant memory.
 *
 * @param chunks The records.
 * @param path The Parquet file; overwritten.
 */
export async function writeParquet(chunks: AsyncIterable<Uint8Array>, path: string): Promise<void> {
  const decoder = new TextDecoder();
  const writer = fileWriter(path);
  const schema = [
    { name: "root", num_children: columns.length },
    ...columns.flatMap((name) => schemaOf[name]),
  ];
  const parquet = new ParquetWriter({ writer, schema, createdBy: "heatword" });
  let group: FlatRecord[] = [];
  let size = 0;
  const flush = async () => {
    if (group.length === 0) return;
    const columnData = columns.map((name) => ({ name, data: group.map((record) => record[name]) }));
    await parquet.write({ columnData, rowGroupSize: group.length });
    group = [];
    size = 0;
  };
  for await (const records of splitRecords(chunks, lineBoundary(), Infinity)) {
    for (const { bytes } of records) {
      group.push(JSON.parse(decoder.decode(bytes)));
      size += bytes.length;
      if (size >= GROUP) await flush();
    }
  }
  await flush();
  await parquet.finish();
}
