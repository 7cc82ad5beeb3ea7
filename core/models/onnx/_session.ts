import type * as Runtime from "onnxruntime-web/wasm";
import { refuseFile } from "./_files.ts";
import { onnxRuntime } from "./_runtime.ts";

/** What runs a model. */
export interface OnnxSession {
  /** How many classes it gives scores of, where it says so. */
  readonly classes?: number;
  /** How many texts it takes at once, where that is fixed. */
  readonly texts?: number;
  /** How many tokens every text has to have, where that is fixed. */
  readonly tokens?: number;
  /**
   * Scores texts.
   *
   * @param texts The ids of each, special ones included.
   * @returns The scores, shape [texts, C]; the caller's.
   * @throws {Error} If it cannot; the message says why.
   */
  run(texts: readonly Int32Array[]): Promise<{ scores: Float32Array; classes: number }>;
  /** Frees its memory. */
  close(): Promise<void>;
}

/** The inputs that can be filled. */
const KNOWN = ["input_ids", "attention_mask", "token_type_ids", "position_ids"] as const;
type InputName = typeof KNOWN[number];
const isKnown = (name: string): name is InputName => (KNOWN as readonly string[]).includes(name);

/** What an input holds for the token at a place, or for what fills up a text. */
const FILL: Readonly<
  Record<InputName, (id: number | undefined, at: number, pad: number) => number>
> = {
  input_ids: (id, _at, pad) => id ?? pad,
  attention_mask: (id) => id === undefined ? 0 : 1,
  token_type_ids: () => 0,
  position_ids: (_id, at) => at,
};

/** What the runtime says, in one line. */
const reasonOf = (error: unknown) =>
  (error instanceof Error ? error.message : String(error)).replaceAll(/\s+/g, " ").trim();

type Metadata = Runtime.InferenceSession.TensorValueMetadata;

/** The inputs of a model, all of which are known. */
function inputsOf(
  session: Runtime.InferenceSession,
  file: string,
): readonly (Metadata & { readonly name: InputName })[] {
  const names = session.inputNames.join(", ");
  return session.inputMetadata.map((input) => {
    if (!isKnown(input.name) || !session.inputNames.includes("input_ids")) {
      refuseFile(
        file,
        `its inputs are ${names}; a classifier of texts has input_ids, and of ` +
          `${KNOWN.slice(1).join(", ")} what it needs`,
      );
    }
    if (!input.isTensor || !["int64", "int32", "float32"].includes(input.type)) {
      const type = input.isTensor ? input.type : "no tensor";
      refuseFile(file, `its input ${input.name} is of type ${type}, not int64`);
    }
    return input as Metadata & { readonly name: InputName };
  });
}

/** The output that has the scores. */
function outputOf(session: Runtime.InferenceSession, file: string): Metadata {
  const outputs = session.outputMetadata.filter((output) => output.isTensor);
  const found = outputs.find(({ name }) => name === "logits") ??
    outputs.find(({ shape }) => shape.length === 2);
  const isFloat = found?.type === "float32" || found?.type === "float16";
  if (found === undefined || found.shape.length !== 2 || !isFloat) {
    const named = outputs.map(({ name, type, shape }) =>
      `${name} (${type}, [${shape.join(", ")}])`
    );
    refuseFile(
      file,
      `its outputs are ${
        named.join(", ") || "none"
      }; a classifier of texts gives logits, as float32 ` +
        "[texts, classes]",
    );
  }
  return found;
}

/** The numbers of a tensor, of half precision too; the caller's. */
function numbersOf({ data, type }: Runtime.Tensor): Float32Array {
  if (type !== "float16" || !(data instanceof Uint16Array)) {
    return Float32Array.from(data as Float32Array);
  }
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  return Float32Array.from(data, (_, i) => view.getFloat16(2 * i, true));
}

/** A tensor of whole numbers. */
function tensorOf(
  ort: typeof Runtime,
  type: string,
  values: Int32Array,
  dims: readonly number[],
): Runtime.Tensor {
  if (type === "int32") return new ort.Tensor("int32", values, dims);
  if (type === "float32") return new ort.Tensor("float32", Float32Array.from(values), dims);
  return new ort.Tensor("int64", BigInt64Array.from(values, BigInt), dims);
}

const fixed = (size: number | string | undefined) =>
  typeof size === "number" && size > 0 ? size : undefined;

/** What a session is made of. */
export interface SessionParts {
  /** The name of the file, for messages. */
  readonly file: string;
  /** Its content. */
  readonly bytes: Uint8Array;
  /** Its weights, where they are in another file, with the name of that. */
  readonly data?: readonly [name: string, bytes: Uint8Array];
  /** The id that fills up texts. */
  readonly pad: number;
  /** The WebAssembly file of the runtime. */
  readonly wasm?: Uint8Array;
}

async function createSession(
  ort: typeof Runtime,
  { file, bytes, data }: SessionParts,
): Promise<Runtime.InferenceSession> {
  try {
    return await ort.InferenceSession.create(bytes, {
      executionProviders: ["wasm"],
      logSeverityLevel: 3,
      ...(data && { externalData: [{ path: data[0], data: data[1] }] }),
    });
  } catch (error) {
    const reason = reasonOf(error);
    refuseFile(
      file,
      /protobuf|parsing/i.test(reason)
        ? "it is not an ONNX model, or not complete"
        : `the ONNX runtime cannot take it: ${reason}`,
    );
  }
}

/**
 * Makes a model ready to run.
 *
 * @param parts What it is made of.
 * @throws {SyntaxError} If it is damaged, or no classifier of texts.
 */
export async function openSession(parts: SessionParts): Promise<OnnxSession> {
  const { file, pad, wasm } = parts;
  const ort = await onnxRuntime(wasm);
  const session = await createSession(ort, parts);
  try {
    const inputs = inputsOf(session, file);
    const output = outputOf(session, file);
    const shape = inputs.find(({ name }) => name === "input_ids")!.shape;
    const [texts, tokens, classes] = [fixed(shape[0]), fixed(shape[1]), fixed(output.shape[1])];
    const feed = (rows: readonly Int32Array[], width: number) => {
      const count = texts ?? rows.length;
      return Object.fromEntries(inputs.map(({ name, type }) => {
        const values = new Int32Array(count * width);
        for (let i = 0; i < values.length; i++) {
          // Where the number of texts is fixed, the last one fills it up.
          const [row, at] = [rows[Math.floor(i / width)] ?? rows.at(-1)!, i % width];
          values[i] = FILL[name](row[at], at, pad);
        }
        return [name, tensorOf(ort, type, values, [count, width])];
      }));
    };
    return {
      ...(classes !== undefined && { classes }),
      ...(texts !== undefined && { texts }),
      ...(tokens !== undefined && { tokens }),
      async run(rows) {
        const width = tokens ?? Math.max(1, ...rows.map(({ length }) => length));
        let found: Runtime.Tensor;
        try {
          found = (await session.run(feed(rows, width), [output.name]))[output.name]!;
        } catch (error) {
          throw new Error(`Cannot run "${file}": ${reasonOf(error)}`);
        }
        const made = found.dims[1] ?? 0;
        return {
          scores: numbersOf(found).subarray(0, rows.length * made),
          classes: made,
        };
      },
      close: () => session.release(),
    };
  } catch (error) {
    await session.release();
    throw error;
  }
}
