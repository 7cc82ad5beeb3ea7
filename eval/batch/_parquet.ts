import { readRows } from "@heatword/datasets/tables";
import { ByteWriter, ParquetWriter } from "hyparquet-writer";
import { deserialize, serialize } from "node:v8";
import { type FlatRecord, type RowColumn, rowColumns } from "../render/rows.ts";
import { OutputFile } from "./_output_file.ts";
import type { Group } from "./journal.ts";

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

const schemaOf: Record<RowColumn, SchemaElement[]> = {
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
  unknown: list("unknown", int),
  unseen_starts: list("unseen_starts", int),
  unseen_ends: list("unseen_ends", int),
  unseen_reasons: list("unseen_reasons", string),
  unit: [leaf("unit", string)],
  unit_starts: list("unit_starts", int),
  unit_ends: list("unit_ends", int),
};

/** How many bytes of JSON make a row group: what is held in memory at once. */
const GROUP = 16 * 2 ** 20;

/** Of a writer: what belongs to one row group. */
interface About {
  readonly rows: bigint;
  readonly group: ParquetWriter["row_groups"][number];
  readonly indexes: ParquetWriter["pendingIndexes"];
}

/** A writer to a file, one group at a time. */
class GroupWriter extends ByteWriter {
  constructor(readonly file: OutputFile) {
    super();
  }

  flush(): void {
    this.file.write(this.getBytes());
    this.index = 0;
  }

  override finish(): void {
    this.flush();
    this.file.sync();
    this.file.close();
  }
}

/** Brings a writer to where it was behind some groups. */
function resume(parquet: ParquetWriter, writer: GroupWriter, groups: readonly Group[]): void {
  const last = groups.at(-1);
  if (!last) return;
  for (const { about } of groups) {
    const { rows, group, indexes }: About = deserialize(Uint8Array.fromBase64(about));
    parquet.num_rows += rows;
    parquet.row_groups.push(group);
    parquet.pendingIndexes.push(...indexes);
  }
  writer.index = 0;
  writer.offset = last.written;
}

/** Options of {@linkcode writeParquet}. */
export interface ParquetOptions {
  /** How many bytes of JSON make a group. @default {16 MiB} */
  readonly max?: number;
  /** The columns. @default {those of explanations of words} */
  readonly columns?: readonly RowColumn[];
}

async function* chunksFrom(path: string, offset: number): AsyncGenerator<Uint8Array> {
  using file = await Deno.open(path);
  await file.seek(offset, Deno.SeekMode.Start);
  yield* file.readable;
}

/**
 * Turns records in JSON lines into a Parquet file, group by group in constant memory. When it was
 * stopped it goes on behind the last group that was written.
 *
 * @param from The file of the records.
 * @param to The Parquet file.
 * @param groups The groups that are in it already.
 * @param written Called after each further group, when it is on disk.
 * @param options How large groups are, and which columns there are.
 */
export async function writeParquet(
  from: string,
  to: string,
  groups: readonly Group[],
  written: (group: Group) => void,
  { max = GROUP, columns = rowColumns }: ParquetOptions = {},
): Promise<void> {
  const start = groups.at(-1) ?? { read: 0, written: 0 };
  const file = await OutputFile.open(to, start.written);
  try {
    const writer = new GroupWriter(file);
    const schema = [
      { name: "root", num_children: columns.length },
      ...columns.flatMap((name) => schemaOf[name]),
    ];
    const parquet = new ParquetWriter({ writer, schema, createdBy: "heatword" });
    resume(parquet, writer, groups);
    let group: FlatRecord[] = [];
    let begin = start.read;
    const flush = async (read: number) => {
      if (group.length === 0) return;
      const columnData = columns.map((name) => ({
        name,
        data: group.map((record) => record[name]),
      }));
      const indexes = parquet.pendingIndexes.length;
      await parquet.write({ columnData, rowGroupSize: group.length });
      file.sync();
      const about: About = {
        rows: BigInt(group.length),
        group: parquet.row_groups.at(-1)!,
        indexes: parquet.pendingIndexes.slice(indexes),
      };
      written({ read, written: writer.offset, about: new Uint8Array(serialize(about)).toBase64() });
      group = [];
      begin = read;
    };
    let read = start.read;
    const lists = readRows(chunksFrom(from, start.read), { kind: "jsonl", longest: Infinity });
    for await (const rows of lists) {
      for (const { json, end } of rows) {
        group.push(JSON.parse(json!));
        read = start.read + end;
        if (read - begin >= max) await flush(read);
      }
    }
    await flush(read);
    await parquet.finish();
  } finally {
    file.close();
  }
}
