import { sha256 } from "../../digest.ts";
import { parseReading, type TextReading } from "../../../text_reader.ts";
import { type NetworkShape, weightShapes } from "../parameters.ts";

export const FORMAT = "heatword-word-cnn";
export const VERSION = 1;
export const HEADER_NAME = "model.json";
const ROLES = ["vocabulary", "vectors", "network"] as const;
export type Role = typeof ROLES[number];
export type ElementType = "float32" | "int8";

/** A file beside the header. */
export interface FileEntry {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** An array inside a file. */
export interface TensorEntry {
  readonly name: string;
  readonly file: Role;
  readonly type: ElementType;
  readonly shape: readonly number[];
  readonly offset: number;
}

/** The header as it stands in model.json. */
export interface Header {
  readonly format: string;
  readonly version: number;
  readonly classes: readonly string[];
  readonly words: number;
  readonly dimensions: number;
  readonly filters: number;
  readonly width: number;
  readonly files: Readonly<Record<Role, FileEntry>>;
  readonly tensors: readonly TensorEntry[];
  /** How texts are read; absent from models that were made before there was a choice. */
  readonly text?: TextReading;
  readonly training: Readonly<Record<string, unknown>>;
  readonly checksum: string;
}

export const elementBytes = (type: ElementType) => type === "int8" ? 1 : 4;

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

const ZEROS = "0".repeat(64);
const CHECKSUM_LINE = /"checksum": "([0-9a-f]{64})"\n\}\n$/;

/** The text of model.json: its last field is the SHA-256 of the text with zeros in its place. */
export async function headerText(header: Omit<Header, "checksum">): Promise<string> {
  const text = JSON.stringify({ ...header, checksum: ZEROS }, null, 2) + "\n";
  const checksum = await sha256(new TextEncoder().encode(text));
  return text.replace(CHECKSUM_LINE, `"checksum": "${checksum}"\n}\n`);
}

function refuse(what: string): never {
  throw new SyntaxError(`Cannot read model header: ${what}`);
}

function isCount(value: unknown, min: number): value is number {
  return Number.isSafeInteger(value) && (value as number) >= min;
}

function checkClasses(classes: unknown): void {
  if (!Array.isArray(classes) || classes.length === 0) refuse('"classes" is not a list of names');
  if (!classes.every((name) => typeof name === "string" && name !== "")) {
    refuse('"classes" holds something that is not a name');
  }
  if (new Set(classes).size !== classes.length) refuse('"classes" names a class twice');
}

function checkFiles(files: Partial<Record<Role, Partial<FileEntry>>> | undefined): void {
  for (const role of ROLES) {
    const entry = files?.[role];
    if (typeof entry !== "object" || entry === null) refuse(`"files.${role}" is missing`);
    if (typeof entry.name !== "string" || !/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(entry.name)) {
      refuse(`"files.${role}.name" is not a plain file name`);
    }
    if (!isCount(entry.bytes, 0)) refuse(`"files.${role}.bytes" is not a whole number`);
    if (typeof entry.sha256 !== "string" || !/^[0-9a-f]{64}$/.test(entry.sha256)) {
      refuse(`"files.${role}.sha256" is not a SHA-256 digest`);
    }
  }
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
  let text: string;
  let header: Header;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    header = JSON.parse(text);
  } catch {
    refuse("it is not JSON");
  }
  if (typeof header !== "object" || header === null || header.format !== FORMAT) {
    refuse(`"format" is not "${FORMAT}"`);
  }
  if (header.version !== VERSION) {
    refuse(`this program reads version ${VERSION}, not "${header.version}"`);
  }
  const checksum = CHECKSUM_LINE.exec(text)?.[1];
  const blank = text.replace(CHECKSUM_LINE, `"checksum": "${ZEROS}"\n}\n`);
  if (checksum !== await sha256(new TextEncoder().encode(blank))) {
    refuse("its checksum does not fit, it was changed or damaged");
  }
  checkClasses(header.classes);
  if (!isCount(header.words, 0)) refuse('"words" is not a whole number');
  if (!isCount(header.dimensions, 1)) refuse('"dimensions" is not a positive whole number');
  if (!isCount(header.filters, 1)) refuse('"filters" is not a positive whole number');
  if (header.width !== 2) refuse('"width" is not 2');
  checkFiles(header.files);
  checkTensors(header);
  const { training } = header;
  if (typeof training !== "object" || training === null || Array.isArray(training)) {
    refuse('"training" is not an object');
  }
  try {
    if (header.text !== undefined) parseReading(header.text);
  } catch (error) {
    refuse(`in "text", ${(error as Error).message}`);
  }
  return header;
}
