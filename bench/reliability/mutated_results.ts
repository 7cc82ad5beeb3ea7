/**
 * What becomes of results of explainers that are damaged at random: each must be refused with one
 * line that names the explainer, or be sound through and through, down to the file written.
 *
 * Usage: deno run -A bench/reliability/mutated_results.ts [COUNT] [SEED]
 *
 * @module
 */
import { type Contributions, defineExplainer, explain, Random } from "@heatword/core";
import "@heatword/explainers";
import { miniModel } from "@heatword/explainers/check";
import { explainDocument } from "@heatword/eval/explanations";
import { formats, render } from "@heatword/eval/render";

const model = miniModel();
const text = "one red ride in the blue sky";
const tokens = [...text.matchAll(/\w+/g)].map(({ 0: word, index }) => (
  { text: word, start: index, end: index + word.length }
));
const document = { text, tokens };
const input = model.encode(document);

/** What explainers found, without what is added to it: their names, options and targets. */
const sources = await Promise.all(
  ["lrp", "sa", "lime", "kernel-shap", "shapley"].map(async (name) => {
    const { explainer, options: _, target: __, ...found } = await explain(name, model, input, 1);
    return { explainer, found };
  }),
);

type Container = Record<string | number, unknown>;

/** Every place in a result: what holds it, and its key there. */
function places(holder: Container): [Container, string | number][] {
  const keys: (string | number)[] = ArrayBuffer.isView(holder)
    ? [...(holder as unknown as Float64Array).keys()]
    : Object.keys(holder);
  return keys.flatMap((key) => {
    const value = holder[key];
    const inner = typeof value === "object" && value !== null ? places(value as Container) : [];
    return [[holder, key] as [Container, string | number], ...inner];
  });
}

const odd: readonly (() => unknown)[] = [
  () => NaN,
  () => Infinity,
  () => -Infinity,
  () => 1e308,
  () => -0,
  () => 7,
  () => 1n,
  () => null,
  () => undefined,
  () => "7",
  () => "",
  () => true,
  () => [],
  () => ({}),
  () => [NaN],
  () => new Float64Array(3),
  () => new Float32Array(input.length),
  () => Promise.resolve(1),
  () => () => 1,
];

function damage(sound: Contributions, random: Random): unknown {
  const pick = <T>(list: readonly T[]): T => list[random.below(list.length)]!;
  const copy = structuredClone(sound) as unknown as Container;
  if (random.below(40) === 0) {
    return pick([Promise.resolve(copy), [copy], undefined, null, "no", 7]);
  }
  // First any field, then any place within it, or else the thousands of values would take all.
  const field = pick(Object.keys(copy));
  const inside = typeof copy[field] === "object" ? places(copy[field] as Container) : [];
  const [holder, key] = inside.length > 0 && random.below(3) > 0
    ? pick(inside)
    : [copy, field] as const;
  const value = holder[key];
  const way = random.below(4);
  if (way === 0 && !ArrayBuffer.isView(holder)) delete holder[key];
  else if (way === 1 && ArrayBuffer.isView(value)) {
    const list = value as unknown as Float64Array;
    holder[key] = pick([list.slice(1), Float64Array.from([...list, 0]), [...list]]);
  } else {
    const given = pick(odd)();
    // A typed array throws at what is not a number instead of taking it.
    holder[key] = ArrayBuffer.isView(holder) && typeof given !== "number" ? NaN : given;
  }
  return copy;
}

const finite = (value: unknown) => typeof value === "number" && Math.abs(value) < Infinity;
const list = (value: unknown, length: number, ...types: string[]) =>
  types.includes(Object.prototype.toString.call(value).slice(8, -1)) &&
  (value as Float64Array).length === length && (value as Float64Array).every(finite);
const absentOr = (value: unknown, test: (value: unknown) => boolean) =>
  value === undefined || test(value);

function soundLedger(ledger: unknown): boolean {
  return Array.isArray(ledger) &&
    [...ledger].every((entry) =>
      entry !== null && typeof entry === "object" &&
      typeof entry.layer === "string" && typeof entry.rule === "string" &&
      [entry.received, entry.passed, entry.bias, entry.stabilizer].every(finite) &&
      absentOr(entry.branches, (branches) =>
        Array.isArray(branches) && [...branches].every(soundLedger))
    );
}

/** Whether a result is one, by what its type and docs say; shares nothing with the check itself. */
function sound(found: unknown): boolean {
  if (typeof found !== "object" || found === null || found instanceof Promise) return false;
  const T = input.length;
  const r = found as Record<string, unknown>;
  const { words, dimensions, expectedSum = 0 } = r;
  return finite(r.score) &&
    list(words, T, "Float64Array") &&
    finite(expectedSum) &&
    finite(
      (words as Float64Array).reduce((sum, w) => sum + Math.abs(w), Math.abs(+expectedSum!)),
    ) &&
    absentOr(
      r.pooling,
      (p) => ["sum", "squared-l2", "l2", "l1", "max-norm"].includes(p as string),
    ) &&
    absentOr(dimensions, (d) => Number.isInteger(d) && d as number >= 0) &&
    absentOr(r.values, (values) =>
      dimensions !== undefined &&
      list(values, T * (dimensions as number), "Float64Array", "Float32Array")) &&
    absentOr(
      r.standardErrors,
      (errors) => list(errors, T, "Float64Array") && (errors as Float64Array).every((e) => e >= 0),
    ) &&
    absentOr(r.ledger, soundLedger);
}

/** What became of the results. */
export interface Outcome {
  /** Damaged, and refused with one line that names the explainer. */
  caught: number;
  /** Still sound, and shown by every format without a number missing. */
  valid: number;
  /** What went wrong, in words; there should be nothing. */
  readonly faults: string[];
}

const holes = /\b(NaN|Infinity|null|undefined)\b/;

/** Damages results at random and hands each to the programs as an explainer's. */
export async function tryMutatedResults(count: number, seed: number): Promise<Outcome> {
  const random = new Random(seed);
  const outcome: Outcome = { caught: 0, valid: 0, faults: [] };
  for (let i = 0; i < count; i++) {
    const source = sources[i % sources.length]!;
    const found = damage(source.found, random);
    const explainer = defineExplainer({
      name: source.explainer,
      description: "",
      citation: "",
      tags: { needs: "scores", signed: true, conserves: false, stochastic: false },
      options: {},
      explain: () => [found as Contributions],
    });
    const isSound = sound(found);
    const fault = (what: string) => outcome.faults.push(`result ${i}: ${what}`);
    try {
      const request = {
        explainers: [{ explainer, options: {} }],
        targets: [model.classes[1]!],
        ledger: true,
      };
      const explanations = await explainDocument(model, document, request);
      outcome.valid++;
      if (!isSound) fault("a damaged result was taken");
      for (const format of formats) {
        const hole = (await render(format, explanations)).match(holes);
        if (hole) fault(`${format} shows ${hole[0]}`);
      }
    } catch (error) {
      outcome.caught++;
      const { message } = error as Error;
      if (isSound) fault(`a sound result was refused: ${message}`);
      const names = message.startsWith(`Explainer "${source.explainer}" `);
      if (!names || message.includes("\n")) fault(`the message does not say who: ${message}`);
    }
  }
  return outcome;
}

if (import.meta.main) {
  const [count = 10_000, seed = 1] = Deno.args.map(Number);
  const { caught, valid, faults } = await tryMutatedResults(count, seed);
  for (const fault of faults.slice(0, 10)) console.error(fault);
  console.log(
    `${count} mutated results (seed ${seed}): ${caught} refused, ${valid} sound and shown whole, ` +
      `${faults.length} faults`,
  );
  if (faults.length > 0) Deno.exit(1);
}
