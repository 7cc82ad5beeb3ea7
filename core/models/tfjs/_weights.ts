import { isPlainName, type ModelFileReader } from "./_source.ts";

/** A learned array, as numbers. */
export interface Weight {
  readonly shape: readonly number[];
  /** float32, whatever it was stored as. */
  readonly data: Float32Array;
}

/** All learned arrays, by name. */
export type Weights = ReadonlyMap<string, Weight>;

interface Stored {
  readonly name: string;
  readonly shape: readonly number[];
  readonly type: "float32" | "int32" | "bool" | "uint8" | "uint16" | "float16";
  /** What the numbers are to the library, however they are stored. */
  readonly dtype: "float32" | "int32" | "bool";
  /** Of quantized numbers: value = stored · scale + min. */
  readonly scale: number;
  readonly min: number;
}

interface Group {
  readonly paths: readonly string[];
  readonly weights: readonly Stored[];
}

const BYTES = { float32: 4, int32: 4, bool: 1, uint8: 1, uint16: 2, float16: 2 } as const;

type Json = Record<string, unknown>;

function refuse(what: string): never {
  throw new SyntaxError(`Cannot read "model.json": ${what}`);
}

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const sizeOf = (shape: readonly number[]) => shape.reduce((product, size) => product * size, 1);

function readStored(json: unknown): Stored {
  if (!isObject(json)) refuse('"weightsManifest" holds something that is not a weight');
  const { name, shape, dtype, quantization } = json;
  if (typeof name !== "string" || name === "") refuse('a weight in "weightsManifest" has no name');
  const isShape = Array.isArray(shape) &&
    shape.every((size) => Number.isSafeInteger(size) && size >= 0) &&
    Number.isSafeInteger(sizeOf(shape));
  if (!isShape) refuse(`the shape of weight "${name}" is not a list of sizes`);
  if (dtype !== "float32" && dtype !== "int32" && dtype !== "bool") {
    refuse(`the type of weight "${name}" is not float32, int32 or bool`);
  }
  const plain = {
    name,
    shape: shape as number[],
    type: dtype,
    dtype,
    scale: 1,
    min: 0,
  } as const;
  if (quantization === undefined || quantization === null) return plain;
  if (!isObject(quantization)) refuse(`the quantization of weight "${name}" is not an object`);
  const { dtype: type, scale, min } = quantization;
  if (type === "float16") return { ...plain, type };
  if (type !== "uint8" && type !== "uint16") {
    refuse(`weight "${name}" is quantized to something else than uint8, uint16 or float16`);
  }
  if (!Number.isFinite(scale) || !Number.isFinite(min)) {
    refuse(`the quantization of weight "${name}" lacks the numbers "scale" and "min"`);
  }
  return { ...plain, type, scale: scale as number, min: min as number };
}

function readGroup(json: unknown): Group {
  if (!isObject(json) || !Array.isArray(json.paths) || !Array.isArray(json.weights)) {
    refuse('a group of "weightsManifest" lacks the lists "paths" and "weights"');
  }
  const paths = json.paths.map((path) =>
    typeof path === "string" ? path.replace(/^\.\//, "") : path
  );
  const wrong = paths.find((path) => !isPlainName(path));
  if (wrong !== undefined) {
    refuse(`"paths" names ${JSON.stringify(wrong)}, which is not a file in the same folder`);
  }
  return { paths, weights: json.weights.map(readStored) };
}

/** Reads the list of weights in model.json. */
export function readManifest(json: unknown): Group[] {
  if (!Array.isArray(json)) refuse('"weightsManifest" is not a list');
  const groups = json.map(readGroup);
  const names = groups.flatMap(({ weights }) => weights.map(({ name }) => name));
  const seen = new Set<string>();
  const twice = names.find((name) => seen.size === seen.add(name).size);
  if (twice !== undefined) refuse(`weight "${twice}" is listed twice`);
  return groups;
}

function decode({ name, shape, type, scale, min }: Stored, bytes: Uint8Array): Weight {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const read: Record<Exclude<Stored["type"], "float32">, (i: number) => number> = {
    int32: (i) => view.getInt32(4 * i, true),
    bool: (i) => view.getUint8(i),
    uint8: (i) => view.getUint8(i) * scale + min,
    uint16: (i) => view.getUint16(2 * i, true) * scale + min,
    float16: (i) => view.getFloat16(2 * i, true),
  };
  const data = type === "float32"
    ? new Float32Array(bytes.slice().buffer)
    : Float32Array.from({ length: sizeOf(shape) }, (_, i) => read[type](i));
  if (!data.every(Number.isFinite)) {
    throw new SyntaxError(`Cannot read the model: weight "${name}" holds NaN or infinity`);
  }
  return { shape, data };
}

async function readShards(reader: ModelFileReader, { paths, weights }: Group): Promise<Uint8Array> {
  const expected = weights.reduce((sum, { shape, type }) => sum + sizeOf(shape) * BYTES[type], 0);
  const shards: Uint8Array[] = [];
  let length = 0;
  for (const path of paths) {
    const shard = await reader.read(path, expected);
    shards.push(shard);
    length += shard.length;
  }
  if (length !== expected) {
    const names = paths.map((path) => `"${path}"`).join(", ");
    throw new SyntaxError(
      `Cannot read the weights ${names}: there are ${length} bytes, not the ${expected} of the model`,
    );
  }
  if (shards.length === 1) return shards[0]!;
  const all = new Uint8Array(length);
  let offset = 0;
  for (const shard of shards) {
    all.set(shard, offset);
    offset += shard.length;
  }
  return all;
}

/** Reads all weights, as float32. */
export async function readWeights(
  reader: ModelFileReader,
  groups: readonly Group[],
): Promise<Weights> {
  const found = new Map<string, Weight>();
  for (const [weight, bytes] of await readStoredBytes(reader, groups)) {
    found.set(weight.name, decode(weight, bytes));
  }
  return found;
}

/** A learned array, or one that an operation needs, as the library takes it. */
export interface TypedWeight {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: Stored["dtype"];
  readonly data: Float32Array | Int32Array | Uint8Array;
}

/** Reads all weights, each in its own type. */
export async function readTypedWeights(
  reader: ModelFileReader,
  groups: readonly Group[],
): Promise<TypedWeight[]> {
  return (await readStoredBytes(reader, groups)).map(([weight, bytes]) => {
    const { name, shape, dtype, type } = weight;
    const data = type === "int32"
      ? new Int32Array(bytes.slice().buffer)
      : type === "bool"
      ? bytes.slice()
      : dtype === "int32"
      ? Int32Array.from(decode(weight, bytes).data)
      : decode(weight, bytes).data;
    return { name, shape, dtype, data };
  });
}

/** All weights as they are stored. */
async function readStoredBytes(
  reader: ModelFileReader,
  groups: readonly Group[],
): Promise<[Stored, Uint8Array][]> {
  const found: [Stored, Uint8Array][] = [];
  for (const group of groups) {
    const bytes = await readShards(reader, group);
    let offset = 0;
    for (const weight of group.weights) {
      const length = sizeOf(weight.shape) * BYTES[weight.type];
      found.push([weight, bytes.subarray(offset, offset + length)]);
      offset += length;
    }
  }
  return found;
}

/**
 * Finds a weight of a layer by the names that tfjs takes: `layer/kernel`, that with the name of a
 * cell in between, or its number among the weights of the layer.
 */
export function findWeight(
  weights: Weights,
  layer: string,
  name: string,
  index: number,
): { readonly name: string; readonly weight: Weight } {
  for (const key of [`${layer}/${name}`, `${layer}/${index}`]) {
    const weight = weights.get(key);
    if (weight) return { name: key, weight };
  }
  for (const [key, weight] of weights) {
    const parts = key.split("/");
    if (parts.length < 3) continue;
    const shortened = [...parts.slice(0, -2), parts.at(-1)].join("/");
    if (shortened === `${layer}/${name}` || key.endsWith(`/${layer}/${name}`)) {
      return { name: key, weight };
    }
  }
  throw new SyntaxError(`Cannot read the model: there is no weight "${layer}/${name}"`);
}
