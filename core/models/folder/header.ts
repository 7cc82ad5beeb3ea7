import { parseReading, type TextReading } from "../../text_reader.ts";
import { sha256 } from "../digest.ts";

/** The file of a model folder that says what the others are. */
export const HEADER_NAME = "model.json";

/** A file beside the header. */
export interface FileEntry {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** What the header of every model of this project says. */
export interface CommonHeader {
  readonly format: string;
  readonly version: number;
  readonly classes: readonly string[];
  readonly files: Readonly<Record<string, FileEntry>>;
  /** How texts are read; absent from models that were made before there was a choice. */
  readonly text?: TextReading;
  readonly training: Readonly<Record<string, unknown>>;
  readonly checksum: string;
}

const ZEROS = "0".repeat(64);
const CHECKSUM_LINE = /"checksum": "([0-9a-f]{64})"\n\}\n$/;

/** The text of model.json: its last field is the SHA-256 of the text with zeros in its place. */
export async function headerText<H extends CommonHeader>(
  header: Omit<H, "checksum">,
): Promise<string> {
  const text = JSON.stringify({ ...header, checksum: ZEROS }, null, 2) + "\n";
  const checksum = await sha256(new TextEncoder().encode(text));
  return text.replace(CHECKSUM_LINE, `"checksum": "${checksum}"\n}\n`);
}

/** Says what is wrong with a header. */
export function refuse(what: string): never {
  throw new SyntaxError(`Cannot read model header: ${what}`);
}

/** Whether something is a whole number of at least so much. */
export function isCount(value: unknown, min: number): value is number {
  return Number.isSafeInteger(value) && (value as number) >= min;
}

/** What tells one format of models from another. */
export interface HeaderFormat {
  readonly format: string;
  /** The versions that are read. */
  readonly versions: readonly number[];
  /** What each file beside the header is for. */
  readonly roles: readonly string[];
}

/**
 * Reads model.json, and checks all that the headers of every format say.
 *
 * @throws {SyntaxError} If it is not of this format, was changed, or says something else.
 */
export async function openHeader<H extends CommonHeader>(
  bytes: Uint8Array,
  { format, versions, roles }: HeaderFormat,
): Promise<H> {
  let text: string;
  let header: H;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    header = JSON.parse(text);
  } catch {
    refuse("it is not JSON");
  }
  if (typeof header !== "object" || header === null || header.format !== format) {
    refuse(`"format" is not "${format}"`);
  }
  if (!versions.includes(header.version)) {
    refuse(`this program reads version ${versions.join(" or ")}, not "${header.version}"`);
  }
  const checksum = CHECKSUM_LINE.exec(text)?.[1];
  const blank = text.replace(CHECKSUM_LINE, `"checksum": "${ZEROS}"\n}\n`);
  if (checksum !== await sha256(new TextEncoder().encode(blank))) {
    refuse("its checksum does not fit, it was changed or damaged");
  }
  checkClasses(header.classes);
  checkFiles(header.files, roles);
  checkTrainingAndText(header);
  return header;
}

/** Checks the names of the classes. */
function checkClasses(classes: unknown): void {
  if (!Array.isArray(classes) || classes.length === 0) refuse('"classes" is not a list of names');
  if (!classes.every((name) => typeof name === "string" && name !== "")) {
    refuse('"classes" holds something that is not a name');
  }
  if (new Set(classes).size !== classes.length) refuse('"classes" names a class twice');
}

/** Checks what is said of the files of these roles. */
function checkFiles(
  files: Readonly<Record<string, Partial<FileEntry>>> | undefined,
  roles: readonly string[],
): void {
  for (const role of roles) {
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

/** Checks what is said of the training, and of how texts are read. */
function checkTrainingAndText({ training, text }: CommonHeader): void {
  if (typeof training !== "object" || training === null || Array.isArray(training)) {
    refuse('"training" is not an object');
  }
  try {
    if (text !== undefined) parseReading(text);
  } catch (error) {
    refuse(`in "text", ${(error as Error).message}`);
  }
}
