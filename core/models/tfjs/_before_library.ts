import { allLayers } from "./_surgery.ts";
import { isModelClass, layerList, type LayerSpec, readSpec, refuseTopology } from "./_topology.ts";
import type { Weights } from "./_weights.ts";

/** Settings that say how large a weight is. */
const SIZES = ["units", "filters", "input_dim", "output_dim", "n", "depth_multiplier"];

/**
 * Checks that no layer asks for more than there are weights for, so that a damaged number cannot
 * make the library fill the memory.
 */
export function checkSizes(model: LayerSpec, weights: Weights): void {
  let largest = 1;
  for (const { shape } of weights.values()) largest = Math.max(largest, ...shape);
  const check = (name: string, json: unknown): void => {
    if (typeof json !== "object" || json === null) return;
    for (const [key, value] of Object.entries(json)) {
      if (SIZES.includes(key) && typeof value === "number" && !(value <= largest)) {
        refuseTopology(`"${key}" of layer "${name}" is ${value}, larger than any weight`);
      }
      check(name, value);
    }
  };
  for (const { name, config } of allLayers(model)) check(name, config);
}

/** A call of a layer that waits for its inputs: [the layer, how often it was called], each. */
interface Waiting {
  readonly name: string;
  readonly inputs: readonly (readonly [string, number])[];
}

function readWaiting(name: string, calls: unknown): Waiting[] {
  const wrong = () => refuseTopology(`"inbound_nodes" of layer "${name}" is not a list of calls`);
  if (!Array.isArray(calls)) wrong();
  return (calls as unknown[]).map((call) => {
    if (!Array.isArray(call) || call.length === 0) wrong();
    const inputs = (call as unknown[]).map((input): [string, number] => {
      const [from, index, output] = Array.isArray(input) ? input : [];
      if (typeof from !== "string" || !Number.isInteger(index) || output !== 0) wrong();
      return [from, index];
    });
    return { name, inputs };
  });
}

/** How many calls the library counts for a layer before those that are listed. */
function callsBefore(spec: LayerSpec): number {
  if (spec.className === "InputLayer") return 1;
  if (!isModelClass(spec.className)) return 0;
  if (spec.className !== "Sequential") return 1;
  const first = readSpec(layerList(spec)[0]);
  if (isModelClass(first.className)) return callsBefore(first);
  return first.config.batch_input_shape === undefined ? 0 : 1;
}

/**
 * Checks that the connections between layers lead from the input to all of them. The library would
 * wait for ever for a call whose inputs never come.
 *
 * @param model The model.
 * @throws {SyntaxError} If they do not.
 */
export function checkConnections(model: LayerSpec): void {
  const layers = layerList(model).map((json) => ({ json, spec: readSpec(json) }));
  for (const { spec } of layers) if (isModelClass(spec.className)) checkConnections(spec);
  if (model.className === "Sequential") return;
  const done = new Map<string, number>();
  let waiting: Waiting[] = [];
  for (const { json, spec } of layers) {
    const { name } = json;
    if (name !== spec.name) refuseTopology(`layer "${spec.name}" goes by another name, "${name}"`);
    if (done.has(name)) refuseTopology(`there are two layers "${name}"`);
    done.set(name, callsBefore(spec));
    waiting.push(...readWaiting(name, json.inbound_nodes));
  }
  while (waiting.length > 0) {
    const still = waiting.filter(({ name, inputs }) => {
      if (!inputs.every(([from, index]) => index < (done.get(from) ?? 0))) return true;
      done.set(name, done.get(name)! + 1);
      return false;
    });
    if (still.length === waiting.length) {
      refuseTopology(`the inputs of layer "${still[0]!.name}" come from nowhere`);
    }
    waiting = still;
  }
}
