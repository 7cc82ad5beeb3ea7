// Skip-gram in plain TypeScript and float64, written from the description of the algorithm: what the
// kernels are tested against.
import { Random } from "@heatword/core";

/** A group: the rows of contexts and outputs, the first output that of the word itself. */
export interface Group {
  readonly contexts: readonly number[];
  readonly outputs: readonly number[];
}

const dot = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, value, d) => sum + value * b[d]!, 0);

/** −ln σ(c · word) − Σ ln σ(−c · noise), summed over the contexts c. */
export function lossOf(rows: readonly number[][], { contexts, outputs }: Group): number {
  let loss = 0;
  for (const c of contexts) {
    outputs.forEach((o, j) => {
      const product = dot(rows[c]!, rows[o]!);
      loss += Math.log1p(Math.exp(j === 0 ? -product : product));
    });
  }
  return loss;
}

/** One step down the gradient, taken at the rows as they are. */
export function step(rows: number[][], { contexts, outputs }: Group, rate: number): void {
  const moves = new Map([...contexts, ...outputs].map((row) => [row, rows[row]!.map(() => 0)]));
  for (const c of contexts) {
    outputs.forEach((o, j) => {
      const slope = rate * ((j === 0 ? 1 : 0) - 1 / (1 + Math.exp(-dot(rows[c]!, rows[o]!))));
      rows[o]!.forEach((value, d) => moves.get(c)![d]! += slope * value);
      rows[c]!.forEach((value, d) => moves.get(o)![d]! += slope * value);
    });
  }
  for (const [row, move] of moves) move.forEach((value, d) => rows[row]![d]! += value);
}

/** What a plain training is told. */
export interface PlainSetup {
  /** The texts as numbers of words. */
  readonly texts: readonly (readonly number[])[];
  /** The chance of each word to stay. */
  readonly stay: readonly number[];
  /** The cells of the noise distribution. */
  readonly cells: Uint32Array;
  readonly window: number;
  readonly negatives: number;
  readonly epochs: number;
  readonly learningRate: number;
  readonly seed: number;
  readonly parts: number;
  readonly places: number;
  readonly drawn: number;
}

const END = -1;

/** The texts of an epoch in their order, without the words left out, with END around each. */
export function keptOf({ texts, stay, seed }: PlainSetup, epoch: number): number[] {
  const random = new Random(seed).fork(epoch + 1).fork(0);
  const order = random.shuffle(texts.map((_, i) => i));
  const kept = [END];
  for (const i of order) {
    const words = texts[i]!.filter((word) => random.uniform() < stay[word]!);
    if (words.length > 0) kept.push(...words, END);
  }
  return kept;
}

/** The groups of a part; outputs are rows from V on. */
export function groupsOf(
  setup: PlainSetup,
  kept: readonly number[],
  epoch: number,
  part: number,
): Group[] {
  const { window, negatives, cells, places, drawn, seed } = setup;
  const words = cells.length / 2;
  const random = new Random(seed).fork(epoch + 1).fork(part + 1);
  const draw = () => {
    const product = random.bits() * words;
    const cell = Math.floor(product / 2 ** 32);
    const rest = product - cell * 2 ** 32;
    return words + (rest < cells[2 * cell]! ? cell : cells[2 * cell + 1]!);
  };
  const pool = Array.from({ length: drawn }, draw);
  const groups: Group[] = [];
  const end = Math.min((part + 1) * places, kept.length);
  for (let p = part * places; p < end; p++) {
    if (kept[p] === END) continue;
    const reach = 1 + random.below(window);
    const contexts: number[] = [];
    for (let q = p - 1; q >= p - reach && kept[q] !== END; q--) contexts.push(kept[q]!);
    for (let q = p + 1; q <= p + reach && kept[q] !== END; q++) contexts.push(kept[q]!);
    if (contexts.length === 0) continue;
    const outputs = [words + kept[p]!];
    for (let k = 0; k < negatives; k++) {
      for (let t = 0; t < 8; t++) {
        const other = pool[random.below(drawn)]!;
        if (outputs.includes(other)) continue;
        outputs.push(other);
        break;
      }
    }
    groups.push({ contexts, outputs });
  }
  return groups;
}

/** Trains from some rows on, context rows before output rows. */
export function trainPlain(setup: PlainSetup, rows: number[][]): void {
  const { epochs, learningRate, parts, places } = setup;
  for (let epoch = 0; epoch < epochs; epoch++) {
    const kept = keptOf(setup, epoch);
    for (let first = 0; first * places < kept.length; first += parts) {
      const moved = rows.map((row) => row.map(() => 0));
      for (let part = first; part < first + parts && part * places < kept.length; part++) {
        const own = rows.map((row) => [...row]);
        const rate = learningRate * (1 - (epoch + part * places / kept.length) / epochs);
        for (const group of groupsOf(setup, kept, epoch, part)) step(own, group, rate);
        own.forEach((row, i) => row.forEach((x, d) => moved[i]![d]! += x - rows[i]![d]!));
      }
      moved.forEach((row, i) => row.forEach((x, d) => rows[i]![d]! += x));
    }
  }
}
