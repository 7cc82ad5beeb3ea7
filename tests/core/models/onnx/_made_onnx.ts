// ONNX models written by hand, as the format of protocol buffers has them: each field is its number and
// type, then its value.

const encoder = new TextEncoder();

/** A whole number of 7 bits a byte. */
function varint(value: number): number[] {
  const bytes: number[] = [];
  let left = BigInt(value);
  for (; left > 127n; left >>= 7n) bytes.push(Number(left & 127n) | 128);
  return [...bytes, Number(left)];
}

type Field = readonly [number: number, value: number | string | Uint8Array | readonly Field[]];

/** A message of fields. */
function message(fields: readonly Field[]): Uint8Array {
  const bytes = fields.flatMap(([number, value]) => {
    if (typeof value === "number") return [...varint(number << 3), ...varint(value)];
    const content = typeof value === "string"
      ? encoder.encode(value)
      : value instanceof Uint8Array
      ? value
      : message(value);
    return [...varint(number << 3 | 2), ...varint(content.length), ...content];
  });
  return Uint8Array.from(bytes);
}

/** An operation; attributes are lists of whole numbers, or one. */
function node(
  type: string,
  inputs: readonly string[],
  outputs: readonly string[],
  attributes: Readonly<Record<string, number | readonly number[]>> = {},
): Field {
  return [1, [
    ...inputs.map((name): Field => [1, name]),
    ...outputs.map((name): Field => [2, name]),
    [4, type],
    ...Object.entries(attributes).map(([name, value]): Field => {
      const values: readonly Field[] = typeof value === "number"
        ? [[3, value], [20, 2]]
        : [...value.map((each): Field => [8, each]), [20, 7]];
      return [5, [[1, name], ...values]];
    }),
  ]];
}

const FLOAT = 1;
const HALF = 10;
const INT64 = 7;

/** Names, types and sizes of inputs or outputs; a size is a number or a name. */
function value(
  field: number,
  name: string,
  type: number,
  shape: readonly (number | string)[],
): Field {
  const dimensions = shape.map((size): Field => {
    return [1, [typeof size === "number" ? [1, size] : [2, size]]];
  });
  return [field, [[1, name], [2, [[1, [[1, type], [2, dimensions]]]]]]];
}

/** What a made model is like. */
export interface MadeOnnx {
  /** A row of scores for each id, shape [ids][C]; the scores of a text are the mean of its rows. */
  readonly rows: readonly (readonly number[])[];
  /** The names of the inputs. */
  readonly inputs?: readonly string[];
  /** The name of the output. */
  readonly output?: string;
  /** Whether it gives scores of texts, not of tokens. @default {true} */
  readonly pooled?: boolean;
  /** Whether the scores are of half precision. */
  readonly half?: boolean;
  /** Whether the rows stand in another file, `model.onnx_data`; see {@linkcode bytesOf}. */
  readonly external?: boolean;
  /** Whether rows are rounded by the largest number of the batch. */
  readonly quantised?: boolean;
  /** How many texts, and how many tokens of each, it takes. */
  readonly shape?: readonly [number | string, number | string];
}

/** The rows as bytes. */
export function bytesOf({ rows }: MadeOnnx): Uint8Array {
  return new Uint8Array(Float32Array.from(rows.flat()).buffer);
}

/**
 * A model in ONNX: the mean of the rows of the ids where the mask is 1.
 *
 * @param made What it is like.
 * @returns The content of its file.
 */
export function madeOnnx(made: MadeOnnx): Uint8Array {
  const {
    rows,
    output = "logits",
    quantised = false,
    pooled = true,
    shape = ["batch", "sequence"],
  } = made;
  const { inputs = ["input_ids", "attention_mask"], half = false, external = false } = made;
  const classes = rows[0]!.length;
  const stored: readonly Field[] = external
    ? [[13, [[1, "location"], [2, "model.onnx_data"]]], [14, 1]]
    : [[9, bytesOf(made)]];
  const [ids, mask] = inputs;
  const graph: Field[] = [
    node("Gather", ["rows", ids!], [quantised ? "exact" : "gathered"]),
    ...quantised
      ? [
        node("DynamicQuantizeLinear", ["exact"], ["small", "scale", "zero"]),
        node("DequantizeLinear", ["small", "scale", "zero"], ["gathered"]),
      ]
      : [],
    node("Cast", [mask!], ["flat"], { to: FLOAT }),
    node("Unsqueeze", ["flat"], ["mask"], { axes: [2] }),
    node("Mul", ["gathered", "mask"], [pooled ? "kept" : output]),
    ...pooled
      ? [
        node("ReduceSum", ["kept"], ["sum"], { axes: [1], keepdims: 0 }),
        node("ReduceSum", ["mask"], ["count"], { axes: [1], keepdims: 0 }),
        node("Div", ["sum", "count"], [half ? "exactly" : output]),
        ...half ? [node("Cast", ["exactly"], [output], { to: HALF })] : [],
      ]
      : [],
    [2, "made"],
    [5, [[1, rows.length], [1, classes], [2, FLOAT], [8, "rows"], ...stored]],
    ...inputs.map((name) => value(11, name, INT64, shape)),
    value(12, output, half ? HALF : FLOAT, pooled ? [shape[0], classes] : [...shape, classes]),
  ];
  return message([[1, 7], [7, graph], [8, [[1, ""], [2, 11]]]]);
}
