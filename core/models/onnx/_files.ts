import { fileKind } from "../../file_kind.ts";
import { readFile } from "../../files.ts";

/** Where the files of a model are: a folder, or their contents by name, e.g. `onnx/model.onnx`. */
export type OnnxSource = string | ReadonlyMap<string, Uint8Array>;

/** Where a model may be in its folder, the first that is there is taken. */
export const MODEL_NAMES = ["onnx/model.onnx", "model.onnx"] as const;

const POINTER = "version https://git-lfs.github.com/spec/";

const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

/** The error for a file that is there, but is not what it should be. */
export function refuseFile(name: string, what: string): never {
  throw new SyntaxError(`Cannot read model file "${name}": ${what}`);
}

/** Reads the files of a folder of Hugging Face. */
export class OnnxFiles {
  readonly #source: OnnxSource;

  /** Reads from a folder, or from contents by name. */
  constructor(source: OnnxSource) {
    this.#source = source;
  }

  /** Where the files are, for messages. */
  get place(): string {
    return typeof this.#source === "string" ? `"${this.#source}"` : "the given files";
  }

  /** A file; nothing where it is not there. */
  async find(name: string): Promise<Uint8Array | undefined> {
    if (typeof this.#source !== "string") return this.#checked(name, this.#source.get(name));
    try {
      return this.#checked(name, await readFile(`${this.#source}/${name}`));
    } catch (error) {
      const isMissing = error instanceof Deno.errors.NotFound ||
        error instanceof Deno.errors.NotADirectory;
      if (isMissing) return undefined;
      throw error;
    }
  }

  #checked(name: string, bytes: Uint8Array | undefined): Uint8Array | undefined {
    if (bytes && textOf(bytes.subarray(0, POINTER.length)) === POINTER) {
      refuseFile(name, 'it is only a pointer of Git LFS; "git lfs pull" fetches the file itself');
    }
    return bytes;
  }

  /**
   * A file of JSON; nothing where it is not there.
   *
   * @throws {SyntaxError} If it is not an object in JSON.
   */
  async findJson(name: string): Promise<Record<string, unknown> | undefined> {
    const bytes = await this.find(name);
    if (bytes === undefined) return undefined;
    let json: unknown;
    try {
      json = JSON.parse(textOf(bytes));
    } catch {
      refuseFile(name, `it is ${fileKind(bytes) ?? "not JSON, or not complete"}`);
    }
    if (typeof json !== "object" || json === null || Array.isArray(json)) {
      refuseFile(name, "it is not an object");
    }
    return json as Record<string, unknown>;
  }

  /**
   * A file of JSON that has to be there.
   *
   * @param name Its name.
   * @param otherwise What to do where it is missing, as the end of a sentence.
   */
  async json(name: string, otherwise: string): Promise<Record<string, unknown>> {
    const json = await this.findJson(name);
    if (json !== undefined) return json;
    throw new Deno.errors.NotFound(
      `Cannot find a model in ${this.place}: "${name}" is missing; ${otherwise}`,
    );
  }

  /** The names of the ONNX models that are there. */
  async models(): Promise<string[]> {
    if (typeof this.#source !== "string") {
      return [...this.#source.keys()].filter((name) => name.endsWith(".onnx")).toSorted();
    }
    return await modelsIn(this.#source);
  }
}

/**
 * The names of the ONNX models of a folder.
 *
 * @param folder The folder.
 * @returns Those in it, and in its folder `onnx`, sorted; none where it is no folder.
 */
export async function modelsIn(folder: string): Promise<string[]> {
  const found: string[] = [];
  for (const inner of ["", "onnx/"]) {
    try {
      for await (const { name, isDirectory } of Deno.readDir(`${folder}/${inner}`)) {
        if (!isDirectory && name.endsWith(".onnx")) found.push(inner + name);
      }
    } catch (error) {
      const isNone = error instanceof Deno.errors.NotFound ||
        error instanceof Deno.errors.NotADirectory;
      if (!isNone) throw error;
    }
  }
  return found.toSorted();
}
