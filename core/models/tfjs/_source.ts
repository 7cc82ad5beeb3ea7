import { sha256 } from "../digest.ts";
import { readFile, statFile } from "../../files.ts";

/** Where the files of a model are: a folder, or their contents by name. */
export type TfjsSource = string | URL | ReadonlyMap<string, Uint8Array>;

/** Lists the SHA-256 of each other file, as `sha256sum` writes it. */
export const SUMS_NAME = "SHA256SUMS";

export const MIB = 2 ** 20;

function refuse(name: string, what: string): never {
  throw new SyntaxError(`Cannot read model file "${name}": ${what}`);
}

/** Whether something can be the name of a file beside the others: no path leads out of it. */
export function isPlainName(name: unknown): name is string {
  // deno-lint-ignore no-control-regex
  return typeof name === "string" && !/^\.{0,2}$|[/\\\x00-\x1f]/.test(name);
}

function parseSums(bytes: Uint8Array): Map<string, string> {
  const sums = new Map<string, string>();
  for (const line of decodeText(bytes, SUMS_NAME).split("\n")) {
    if (line === "") continue;
    const [, digest, name] = /^([0-9a-f]{64}) [ *](.+)$/.exec(line) ?? [];
    if (digest === undefined || !isPlainName(name)) refuse(SUMS_NAME, "a line is not a checksum");
    if (sums.has(name)) refuse(SUMS_NAME, `it lists "${name}" twice`);
    sums.set(name, digest);
  }
  if (sums.size === 0) refuse(SUMS_NAME, "it lists no file");
  return sums;
}

/** Decodes UTF-8 strictly. */
export function decodeText(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    refuse(name, "it is not UTF-8");
  }
}

/** Parses JSON that must be an object or an array. */
export function decodeJson(bytes: Uint8Array, name: string): Record<string, unknown> | unknown[] {
  const text = decodeText(bytes, name);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    refuse(name, "it is not JSON");
  }
  if (typeof json !== "object" || json === null) refuse(name, "it is not an object");
  return json as Record<string, unknown>;
}

/** Reads the files of a model, each checked against `SHA256SUMS` where there is one. */
export class ModelFileReader {
  readonly #source: TfjsSource;
  readonly #sums: ReadonlyMap<string, string> | undefined;

  private constructor(source: TfjsSource, sums?: ReadonlyMap<string, string>) {
    this.#source = source;
    this.#sums = sums;
  }

  /** Opens a source. */
  static async open(source: TfjsSource): Promise<ModelFileReader> {
    const bytes = await new ModelFileReader(source).#fetch(SUMS_NAME, MIB);
    return new ModelFileReader(source, bytes && parseSums(bytes));
  }

  /** Where the files are, for messages. */
  get place(): string {
    return typeof this.#source === "string" || this.#source instanceof URL
      ? `"${this.#source}"`
      : "the given files";
  }

  async #fetch(name: string, max: number): Promise<Uint8Array | undefined> {
    const source = this.#source;
    let content: Uint8Array | undefined;
    if (typeof source !== "string" && !(source instanceof URL)) content = source.get(name);
    else {
      const base = String(source).replace(/\/*$/, "/");
      const path = source instanceof URL ? new URL(encodeURIComponent(name), base) : base + name;
      try {
        const { size } = await statFile(path);
        if (size > max) refuse(name, `it has ${size} bytes, more than the ${max} expected`);
        content = await readFile(path);
      } catch (error) {
        if (error instanceof Deno.errors.NotFound) return undefined;
        if (error instanceof Deno.errors.NotADirectory) return undefined;
        throw error;
      }
    }
    if (content !== undefined && content.length > max) {
      refuse(name, `it has ${content.length} bytes, more than the ${max} expected`);
    }
    return content;
  }

  /**
   * Reads a file, or gives nothing when it is missing.
   *
   * @param name Its name.
   * @param max The most bytes it may have.
   * @throws {SyntaxError} If it is larger, or its checksum does not fit.
   */
  async readOptional(name: string, max: number): Promise<Uint8Array | undefined> {
    const content = await this.#fetch(name, max);
    if (this.#sums === undefined) return content;
    const expected = this.#sums.get(name);
    if (content === undefined) {
      if (expected !== undefined) refuse(name, `it is missing, but ${SUMS_NAME} lists it`);
      return undefined;
    }
    if (expected === undefined) refuse(name, `${SUMS_NAME} does not list it`);
    if (await sha256(content) !== expected) {
      refuse(name, `its checksum does not fit ${SUMS_NAME}, it was changed or damaged`);
    }
    return content;
  }

  /**
   * Reads a file that must be there.
   *
   * @param name Its name.
   * @param max The most bytes it may have.
   * @throws {Deno.errors.NotFound} If it is missing.
   * @throws {SyntaxError} If it is larger, or its checksum does not fit.
   */
  async read(name: string, max: number): Promise<Uint8Array> {
    const content = await this.readOptional(name, max);
    if (content !== undefined) return content;
    throw new Deno.errors.NotFound(`Cannot find a model in ${this.place}: "${name}" is missing`);
  }
}
