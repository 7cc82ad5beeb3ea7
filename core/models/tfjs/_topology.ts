/** What Keras says of a layer. */
export interface LayerSpec {
  readonly className: string;
  readonly name: string;
  readonly config: Readonly<Record<string, unknown>>;
}

/** A step from the words to the scores: a layer, or paths side by side that are joined. */
export type Step =
  | { readonly spec: LayerSpec; readonly branches?: undefined }
  | { readonly spec: LayerSpec; readonly branches: readonly Path[] };

/** Layers that make one of several inputs of the same shape, and how. */
export const MERGES: Readonly<Record<string, "sum" | "average" | "product">> = {
  Add: "sum",
  Average: "average",
  Multiply: "product",
};

/** Steps one after the other. */
export type Path = readonly Step[];

/** A layer or a structure that has no counterpart among core's layers. */
export class UnsupportedLayer extends Error {
  override name = "UnsupportedLayer";
}

type Json = Record<string, unknown>;

/** Most layers of a model; far more than a text classifier has. */
const MAX_LAYERS = 1000;

export function refuseTopology(what: string): never {
  throw new SyntaxError(`Cannot read "model.json": ${what}`);
}

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The classes of models inside models. */
export const isModelClass = (className: string): boolean =>
  ["Sequential", "Functional", "Model"].includes(className);

/** Reads the class, name and settings of a layer or model. */
export function readSpec(json: unknown): LayerSpec {
  if (!isObject(json) || typeof json.class_name !== "string") {
    refuseTopology('a layer has no "class_name"');
  }
  const className = json.class_name;
  // Sequential models of old have a bare list of layers as their settings.
  const config = className === "Sequential" && Array.isArray(json.config)
    ? { layers: json.config }
    : json.config;
  if (!isObject(config)) refuseTopology(`a layer of type "${className}" has no "config"`);
  const name = config.name ?? json.name ?? className.toLowerCase();
  if (typeof name !== "string") refuseTopology(`a layer of type "${className}" has no name`);
  return { className, name, config };
}

/** The layers of a model, as they stand in its settings. */
export function layerList({ name, config }: LayerSpec): Json[] {
  const { layers } = config;
  if (!Array.isArray(layers) || layers.length === 0 || !layers.every(isObject)) {
    refuseTopology(`model "${name}" has no list "layers"`);
  }
  if (layers.length > MAX_LAYERS) refuseTopology(`model "${name}" has ${layers.length} layers`);
  return layers;
}

/** A reference to the output of a layer: [name, which of its calls, which of its outputs, …]. */
function readReference(json: unknown): string {
  // Keras 3 wraps it in the description of a tensor.
  const config = isObject(json) && isObject(json.config) ? json.config : undefined;
  const list = config === undefined ? json : config.keras_history;
  if (!Array.isArray(list) || typeof list[0] !== "string") {
    refuseTopology("a connection between layers names no layer");
  }
  const [name, call = 0, output = 0] = list;
  if (!Number.isSafeInteger(call) || output !== 0) {
    throw new UnsupportedLayer(`layer "${name}" has more than one output`);
  }
  return `${call} ${name}`;
}

/** The calls of a layer: for each the references to its inputs. */
function readCalls(json: Json, name: string): string[][] {
  const calls = json.inbound_nodes;
  if (!Array.isArray(calls)) refuseTopology(`layer "${name}" has no list "inbound_nodes"`);
  return calls.map((call) => {
    const inputs = isObject(call) && Array.isArray(call.args) ? call.args.flat() : call;
    if (!Array.isArray(inputs)) refuseTopology(`"inbound_nodes" of layer "${name}" is not a list`);
    // A single connection of old may stand without a list around it.
    if (typeof inputs[0] === "string") return [readReference(inputs)];
    return inputs.filter((input) => !(isObject(call) && !isObject(input))).map(readReference);
  });
}

/** The only input or output layer that a functional model names. */
function onlyReference({ name, config }: LayerSpec, field: "input_layers" | "output_layers") {
  const list = config[field];
  if (!Array.isArray(list) || list.length === 0) {
    refuseTopology(`model "${name}" has no list "${field}"`);
  }
  if (typeof list[0] === "string") return readReference(list);
  if (list.length > 1) {
    const what = field === "input_layers" ? "inputs" : "outputs";
    throw new UnsupportedLayer(`model "${name}" has ${list.length} ${what}`);
  }
  return readReference(list[0]);
}

/** The name of the layer that gives the output of a model. */
export function outputLayerName(model: LayerSpec): string {
  const layers = layerList(model);
  if (model.className === "Sequential") return readSpec(layers.at(-1)).name;
  return onlyReference(model, "output_layers").replace(/^\d+ /, "");
}

/** What all paths begin with. */
function commonStart(paths: readonly Path[]): number {
  const [first] = paths;
  let length = 0;
  while (length < first!.length && paths.every((path) => path[length] === first![length])) length++;
  return length;
}

/** A call of a layer: the layer, and the references to its inputs. */
interface Call {
  readonly spec: LayerSpec;
  readonly inputs: readonly string[];
}

/** All calls of layers in a functional model, by the references to them. */
function readAllCalls(model: LayerSpec): ReadonlyMap<string, Call> {
  const layers = layerList(model).map((json) => {
    const spec = readSpec(json);
    // A layer in a functional model goes by the name beside its settings.
    const name = typeof json.name === "string" ? json.name : spec.name;
    return { spec, name, list: spec.className === "InputLayer" ? [[]] : readCalls(json, name) };
  });
  const references = layers.flatMap(({ list }) => list.flat());
  references.push(onlyReference(model, "output_layers"));
  const calls = new Map<string, Call>();
  for (const { spec, name, list } of layers) {
    // The calls of a model inside may be counted from 1: its own making was number 0.
    const fromOne = isModelClass(spec.className) && !references.includes(`0 ${name}`);
    list.forEach((inputs, call) => {
      const key = `${fromOne ? call + 1 : call} ${name}`;
      if (calls.has(key)) refuseTopology(`there are two layers "${name}"`);
      calls.set(key, { spec, inputs });
    });
  }
  return calls;
}

/** Goes through a functional model, from its output back to its input. */
function functionalPath(model: LayerSpec, input: Path): Path {
  const calls = readAllCalls(model);
  const start = onlyReference(model, "input_layers");
  const found = new Map<string, Path | undefined>();
  const pathTo = (key: string): Path => {
    if (found.has(key)) {
      return found.get(key) ?? refuseTopology(`the connections of model "${model.name}" go round`);
    }
    const call = calls.get(key);
    const name = key.replace(/^\d+ /, "");
    if (call === undefined) refuseTopology(`a connection names "${name}", which is not a layer`);
    found.set(key, undefined);
    const path = key === start ? input : extend(call.spec, call.inputs.map(pathTo));
    found.set(key, path);
    return path;
  };
  return pathTo(onlyReference(model, "output_layers"));
}

/** A path with a further layer behind it. */
function extend(spec: LayerSpec, inputs: readonly Path[]): Path {
  if (spec.className === "InputLayer") return inputs[0] ?? [];
  const joins = spec.className === "Concatenate" || MERGES[spec.className] !== undefined;
  if (joins && inputs.length > 0) {
    const start = commonStart(inputs);
    const branches = inputs.map((path) => path.slice(start));
    return [...inputs[0]!.slice(0, start), { spec, branches }];
  }
  if (inputs.length !== 1) {
    throw new UnsupportedLayer(
      `layer "${spec.name}" of type "${spec.className}" has ${inputs.length} inputs`,
    );
  }
  if (isModelClass(spec.className)) return modelPath(spec, inputs[0]!);
  return [...inputs[0]!, { spec }];
}

/**
 * Finds the way of the words through a model.
 *
 * @param model The model.
 * @param input The steps before it.
 * @returns All steps from its input to its output.
 * @throws {SyntaxError} If the connections make no sense.
 * @throws {UnsupportedLayer} If they are more than layers behind and beside each other.
 */
export function modelPath(model: LayerSpec, input: Path = []): Path {
  if (model.className !== "Sequential") return functionalPath(model, input);
  return layerList(model).reduce((path: Path, json) => extend(readSpec(json), [path]), input);
}
