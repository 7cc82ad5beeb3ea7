import {
  type CommonHeader,
  type FileEntry,
  isCount,
  openHeader,
  refuse,
} from "../../folder/header.ts";
import { type NetworkShape, weightShapes } from "../parameters.ts";

export const FORMAT = "heatword-word-cnn";
export const VERSION = 1;
const ROLES = ["vocabulary", "vectors", "network"] as const;
export type Role = typeof ROLES[number];
export type ElementType = "float32" | "int8";

/** An array inside a file. */
export interface TensorEntry {
  readonly name: string;
  readonly file: Role;
  readonly type: ElementType;
  readonly shape: readonly number[];
  readonly offset: number;
}

/** The header as it stands in model.json. */
export interface Header extends CommonHeader {
  readonly words: number;
  readonly dimensions: number;
  readonly filters: number;
  readonly width: number;
  readonly files: Readonly<Record<Role, FileEntry>>;
  readonly tensors: readonly TensorEntry[];
}

const elementBytes = (type: ElementType) => type === "int8" ? 1 : 4;

/** The arrays that a model of these sizes has, in the order and at the place they are stored. */
export function tensorLayout(
  shape: NetworkShape & { readonly words: number },
  vectorType: ElementType,
): TensorEntry[] {
  const { words, dimensions } = shape;
  const entries: TensorEntry[] = [];
  const ends: Record<Role, number> = { vocabulary: 0, vectors: 0, network: 0 };
  const put = (name: string, file: Role, type: ElementType, sizes: readonly number[]) => {
    entries.push({ name, file, type, shape: sizes, offset: ends[file] });
    ends[file] += elementBytes(type) * sizes.reduce((product, size) => product * size, 1);
  };
  if (vectorType === "int8") put("vectorScales", "vectors", "float32", [words]);
  put("vectors", "vectors", vectorType, [words, dimensions]);
  for (const [name, sizes] of Object.entries(weightShapes(shape))) {
    put(name, "network", "float32", sizes);
  }
  return entries;
}

function checkTensors(header: Header): void {
  const type = header.tensors?.find?.((entry) => entry?.name === "vectors")?.type;
  if (type !== "float32" && type !== "int8") {
    refuse('the type of "vectors" is neither "float32" nor "int8"');
  }
  const expected = tensorLayout({ ...header, classes: header.classes.length }, type);
  if (JSON.stringify(header.tensors) !== JSON.stringify(expected)) {
    refuse('"tensors" does not fit the sizes of the model');
  }
  for (const role of ["vectors", "network"] as const) {
    const last = expected.findLast((entry) => entry.file === role)!;
    const size = last.shape.reduce((product, n) => product * n, 1) * elementBytes(last.type);
    if (header.files[role].bytes !== last.offset + size) {
      refuse(`"files.${role}.bytes" does not fit the sizes of the model`);
    }
  }
}

/**
 * Reads and checks model.json.
 *
 * @throws {SyntaxError} If anything in it is not as this format has it.
 */
export async function parseHeader(bytes: Uint8Array): Promise<Header> {
  const header = await openHeader<Header>(bytes, {
    format: FORMAT,
    version: VERSION,
    roles: ROLES,
  });
  if (!isCount(header.words, 0)) refuse('"words" is not a whole number');
  if (!isCount(header.dimensions, 1)) refuse('"dimensions" is not a positive whole number');
  if (!isCount(header.filters, 1)) refuse('"filters" is not a positive whole number');
  if (header.width !== 2) refuse('"width" is not 2');
  checkTensors(header);
  return header;
}
