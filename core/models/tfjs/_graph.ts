/** An operation of a graph, as model.json has it. */
interface Node {
  readonly name: string;
  readonly op: string;
  readonly input: readonly string[];
  readonly attr: Readonly<Record<string, Attribute | undefined>>;
}

interface Attribute {
  readonly type?: string;
  readonly shape?: { readonly dim?: readonly { readonly size?: string | number }[] };
  readonly list?: { readonly i?: readonly (string | number)[] };
  readonly s?: string;
}

/** What has to be known of a graph to run it on rows of words. */
export interface Graph {
  /** The name of the input. */
  readonly input: string;
  /** The type that the rows have to have. */
  readonly dtype: "int32" | "float32";
  /** How many rows every input has, where that is fixed. */
  readonly length?: number;
  /** The names of the weights whose rows are word vectors. */
  readonly tables: readonly string[];
  /** The operation that gives the scores. */
  readonly output: string;
  /** What stood behind it and was taken off. */
  readonly removed?: "softmax" | "sigmoid";
  /** The least number of rows that is long enough for every window. */
  readonly minLength: number;
}

/** The error for a graph that cannot be used. */
export function refuseGraph(what: string): never {
  throw new SyntaxError(`Cannot use the graph-model: ${what}`);
}

function readNode(json: unknown): Node {
  const { name, op, input = [], attr = {} } = (json ?? {}) as Partial<Node>;
  const isNode = typeof name === "string" && typeof op === "string" && Array.isArray(input) &&
    input.every((each) => typeof each === "string") && typeof attr === "object" && attr !== null;
  if (!isNode) refuseGraph("its topology holds something that is not an operation");
  return { name, op, input, attr };
}

/** The name of an operation, without which of its outputs is meant; nothing where only its order is. */
const sourceOf = (input: string) => input.startsWith("^") ? undefined : input.replace(/:\d+$/, "");

/** Operations that give on what they get. */
const SAME = /^(Identity|IdentityN|StopGradient|PreventGradient|Snapshot|ReadVariableOp)$/;
/** Operations that change the form or the type of numbers, and not their order. */
const RESHAPING = /^(Cast|Squeeze|ExpandDims|Reshape|PlaceholderWithDefault)$/;
const GATHERING = /^(Gather|GatherV2|GatherNd|ResourceGather)$/;
/** Windows over neighbours: where their sizes stand among the inputs, or in an attribute. */
const WINDOW =
  /^(_FusedConv2D|FusedConv2D|Conv2D|DepthwiseConv2dNative|FusedDepthwiseConv2dNative|MaxPool|AvgPool)$/;

/** A graph, with what leads where. */
class Operations {
  readonly #nodes: ReadonlyMap<string, Node>;
  readonly #shapes: ReadonlyMap<string, readonly number[]>;

  constructor(nodes: readonly Node[], shapes: ReadonlyMap<string, readonly number[]>) {
    this.#nodes = new Map(nodes.map((node) => [node.name, node]));
    this.#shapes = shapes;
  }

  get(input: string | undefined): Node | undefined {
    return input === undefined ? undefined : this.#nodes.get(sourceOf(input) ?? "");
  }

  /** What an input is once all that gives on what it gets is left out. */
  behind(input: string | undefined, passes: RegExp = SAME): Node | undefined {
    let node = this.get(input);
    for (let steps = 0; node && passes.test(node.op) && steps < 1000; steps++) {
      node = this.get(node.input[0]);
    }
    return node;
  }

  /** The size of a window, and of the steps in which it moves. */
  #window({ op, input, attr }: Node): { size: number; step: number } {
    const list = (name: string) => (attr[name]?.list?.i ?? []).map(Number);
    const [, high = 1, wide = 1] = list("strides");
    const [, rates = 1, more = 1] = list("dilations");
    const [, tall = 1, broad = 1] = op.endsWith("Pool")
      ? list("ksize")
      : [1, ...(this.#shapes.get(this.behind(input[1])?.name ?? "") ?? [])];
    const padding = atob(attr.padding?.s ?? "");
    const reach = Math.max((tall - 1) * rates + 1, (broad - 1) * more + 1);
    return { size: padding === "SAME" ? 1 : reach, step: Math.max(high, wide) };
  }

  /** The least number of rows for which an operation gives some. */
  minLength(name: string): number {
    const known = new Map<string, number>();
    const of = (name: string | undefined, length: number): number => {
      const node = this.get(name);
      if (node === undefined) return 1;
      const key = `${length} ${node.name}`;
      const found = known.get(key);
      if (found !== undefined) return found;
      // What comes round again asks for no more.
      known.set(key, length);
      let needed = length;
      if (WINDOW.test(node.op)) {
        const { size, step } = this.#window(node);
        needed = (length - 1) * step + size;
      }
      const least = Math.max(
        needed,
        ...node.input.map((input) => {
          return sourceOf(input) === undefined ? 1 : of(input, needed);
        }),
      );
      known.set(key, least);
      return least;
    };
    return of(name, 1);
  }
}

/** The outputs of a graph: those that its signature names, or else what nothing takes further. */
function outputsOf(nodes: readonly Node[], signature: unknown): string[] {
  const { outputs } = (signature ?? {}) as { outputs?: Record<string, { name?: unknown } | null> };
  const signed = Object.values(outputs ?? {}).map((output) => output?.name);
  if (signed.length > 0 && signed.every((name) => typeof name === "string")) {
    return signed as string[];
  }
  const taken = new Set(nodes.flatMap(({ input }) => input.map(sourceOf)));
  return nodes.filter(({ name, op }) => !taken.has(name) && !/^(NoOp|Const|Placeholder)$/.test(op))
    .map(({ name }) => name);
}

/** The length of the rows that an input takes; nothing where it is free. */
function fixedLength({ name, attr }: Node): number | undefined {
  const sizes = attr.shape?.shape?.dim?.map(({ size }) => Number(size ?? -1));
  if (sizes === undefined) return undefined;
  if (sizes.length !== 2) {
    refuseGraph(`its input "${name}" has the shape [${sizes.join(", ")}], not [texts, words]`);
  }
  return sizes[1]! > 0 ? sizes[1] : undefined;
}

const TYPES: Readonly<Record<string, Graph["dtype"]>> = {
  DT_INT32: "int32",
  DT_INT64: "int32",
  DT_FLOAT: "float32",
};

/**
 * Finds in a graph what is needed to run it on rows of words.
 *
 * @param modelTopology The graph, as model.json has it.
 * @param shapes The shapes of the weights, by name.
 * @param signature What model.json says of its inputs and outputs.
 * @throws {SyntaxError} If words do not enter it as rows of a table of vectors; the message says what
 * stands in the way.
 */
export function readGraph(
  modelTopology: unknown,
  shapes: ReadonlyMap<string, readonly number[]>,
  signature?: unknown,
): Graph {
  const list = (modelTopology as { node?: unknown } | null)?.node;
  if (!Array.isArray(list)) refuseGraph("its topology has no operations");
  const nodes = list.map(readNode);
  const operations = new Operations(nodes, shapes);
  const inputs = nodes.filter(({ op }) => op === "Placeholder");
  const [input] = inputs;
  if (inputs.length !== 1 || input === undefined) {
    const names = inputs.map(({ name }) => `"${name}"`).join(", ") || "none";
    refuseGraph(`its inputs are ${names}; a row of words is one input`);
  }
  const type = input.attr.dtype?.type ?? "DT_FLOAT";
  const dtype = TYPES[type];
  if (dtype === undefined) {
    refuseGraph(`its input "${input.name}" is of type ${type}, and not of rows of words`);
  }
  const tables = nodes.filter(({ op, input: [, indices] }) => {
    return GATHERING.test(op) &&
      operations.behind(indices, new RegExp(`${SAME.source}|${RESHAPING.source}`)) === input;
  }).map(({ input: [table] }) => operations.behind(table)?.name ?? "")
    .filter((name) => shapes.get(name)?.length === 2);
  if (tables.length === 0) {
    refuseGraph(`its input "${input.name}" does not choose rows of a table of word vectors`);
  }
  const outputs = outputsOf(nodes, signature);
  if (outputs.length !== 1) {
    refuseGraph(`its outputs are ${outputs.map((name) => `"${name}"`).join(", ")}, not one`);
  }
  const last = operations.behind(outputs[0]);
  const removed = last?.op === "Softmax"
    ? "softmax"
    : last?.op === "Sigmoid"
    ? "sigmoid"
    : undefined;
  const output = removed ? sourceOf(last!.input[0] ?? "") ?? "" : sourceOf(outputs[0]!)!;
  const length = fixedLength(input);
  return {
    input: input.name,
    dtype,
    ...(length !== undefined && { length }),
    tables: [...new Set(tables)],
    output,
    ...(removed && { removed }),
    minLength: operations.minLength(output),
  };
}
