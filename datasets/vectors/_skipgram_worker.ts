import { Random } from "@heatword/core";
import { getFastTextModule } from "fasttext.wasm.js";

/** What the worker is asked for: a text in UTF-8, its frequent words, fastText's own arguments. */
export interface SkipgramRequest {
  readonly text: Uint8Array;
  readonly words: readonly string[];
  readonly args: Readonly<Record<string, number>>;
}

/** What it answers: progress now and then, and in the end the vectors or an error. */
export type SkipgramReply =
  | { readonly kind: "progress"; readonly part: number; readonly loss: number }
  | { readonly kind: "done"; readonly words: string[]; readonly matrix: Float32Array }
  | { readonly kind: "error"; readonly message: string };

/** fastText marks the ends of lines by a word of its own. */
const END_OF_LINE = "</s>";
const TEXT_FILE = "train.txt";
const START_FILE = "start.vec";

interface List<T> {
  size(): number;
  get(index: number): T;
}

interface Scope {
  onmessage: ((event: MessageEvent<SkipgramRequest>) => void) | null;
  postMessage(reply: SkipgramReply, transfer?: Transferable[]): void;
}
const scope = globalThis as unknown as Scope;

/**
 * The vectors to start from, in word2vec's text form: uniform from −1/D to 1/D. On one thread fastText
 * itself draws but the first tenth of them, and what stands in memory is taken for the others.
 */
function startVectors(words: readonly string[], dimensions: number, seed: number): Uint8Array {
  const random = new Random(seed);
  const encoder = new TextEncoder();
  const steps = 999;
  const numbers = Array.from(
    { length: 2 * steps + 1 },
    (_, i) => encoder.encode(` ${((i - steps) / (steps * dimensions)).toPrecision(3)}`),
  );
  const heads = [...words, END_OF_LINE].map((word) => encoder.encode(`\n${word}`));
  const first = encoder.encode(`${heads.length} ${dimensions}`);
  const widest = Math.max(...numbers.map(({ length }) => length));
  const size = heads.reduce((sum, head) => sum + head.length + dimensions * widest, first.length);
  const bytes = new Uint8Array(size);
  bytes.set(first);
  let end = first.length;
  for (const head of heads) {
    bytes.set(head, end);
    end += head.length;
    for (let d = 0; d < dimensions; d++) {
      const number = numbers[random.below(numbers.length)]!;
      bytes.set(number, end);
      end += number.length;
    }
  }
  return bytes.subarray(0, end);
}

async function train({ text, words: frequent, args }: SkipgramRequest): Promise<void> {
  const silent: Record<string, unknown> = { print: () => {}, printErr: () => {} };
  const module = await getFastTextModule(silent);
  const settings = new module.Args();
  Object.assign(settings, args, {
    model: module.ModelName["skipgram"],
    loss: module.LossName["ns"],
    input: TEXT_FILE,
    pretrainedVectors: START_FILE,
    thread: 1,
    // What it prints goes nowhere, but below 2 it does not tell the loss either.
    verbose: 2,
  });
  module.FS.writeFile(TEXT_FILE, text);
  module.FS.writeFile(START_FILE, startVectors(frequent, args["dim"]!, args["seed"]!));
  const fastText = new module.FastText();
  let said = 0;
  fastText.train(settings, (part, loss) => {
    const now = performance.now();
    if (now - said < 200) return;
    said = now;
    scope.postMessage({ kind: "progress", part, loss });
  });

  const dimensions = args["dim"]!;
  const [list] = fastText.getWords() as unknown as [List<string>];
  const rows = Array.from({ length: list.size() }, (_, row) => row)
    .filter((row) => list.get(row) !== END_OF_LINE);
  const matrix = new Float32Array(rows.length * dimensions);
  const ptr = module._malloc(4 * dimensions);
  rows.forEach((row, i) => {
    fastText.getInputVector({ ptr, size: dimensions }, row);
    matrix.set(module.HEAPF32.subarray(ptr / 4, ptr / 4 + dimensions), i * dimensions);
  });
  const words = rows.map((row) => list.get(row));
  scope.postMessage({ kind: "done", words, matrix }, [matrix.buffer]);
}

scope.onmessage = ({ data }) => {
  train(data).catch((error) => {
    scope.postMessage({ kind: "error", message: String(error?.message ?? error) });
  });
};
