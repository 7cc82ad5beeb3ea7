import { Random } from "@heatword/core";
import { plainVectors, Vocabulary, WordCnn } from "@heatword/core/word-cnn";

/** The files of a model, by name. */
export type Files = ReadonlyMap<string, Uint8Array>;

export function pick<T>(random: Random, list: readonly T[]): T {
  return list[random.below(list.length)]!;
}

/** A small model with drawn weights, the files of which will be damaged. */
export function fuzzedWordCnn(words: readonly string[]): WordCnn {
  const random = new Random(3);
  const draw = (count: number) => Float32Array.from({ length: count }, () => random.normal());
  return new WordCnn({
    classes: ["one", "two", "three"],
    vocabulary: new Vocabulary(words),
    vectors: plainVectors(draw(words.length * 3), 3),
    convolutionWeights: draw(2 * 3 * 4),
    convolutionBias: draw(4),
    denseWeights: draw(4 * 3),
    denseBias: draw(3),
  });
}

/** Damages bytes: flips, cuts, holes, insertions, repetitions. */
function damageBytes(random: Random, bytes: Uint8Array): Uint8Array {
  const length = bytes.length;
  const at = random.below(length + 1);
  const span = Math.min(length - at, 1 + random.below(pick(random, [1, 4, 64, length + 1])));
  const noise = () => Uint8Array.from({ length: 1 + random.below(9) }, () => random.below(256));
  const join = (...parts: Uint8Array[]) => new Uint8Array(parts.flatMap((part) => [...part]));
  const head = bytes.subarray(0, at);
  const middle = bytes.subarray(at, at + span);
  const tail = bytes.subarray(at + span);
  switch (random.below(9)) {
    case 0:
    case 1: {
      const changed = bytes.slice();
      if (length > 0) changed[random.below(length)]! ^= 1 << random.below(8);
      return changed;
    }
    case 2:
      return head.slice();
    case 3:
      return join(head, tail);
    case 4:
      return join(head, noise(), bytes.subarray(at));
    case 5:
      return join(head, middle, middle, tail);
    case 6:
      return join(head, middle.map(() => random.below(256)), tail);
    case 7:
      return join(head, middle.map(() => pick(random, [0, 255, 127, 128])), tail);
    default:
      return join(bytes, noise());
  }
}

/** Values that no field should have, or that change what it says. */
const odd: readonly unknown[] = [
  null,
  true,
  false,
  "",
  "x",
  "../../etc/passwd",
  "NaN",
  -1,
  0,
  1,
  2,
  3,
  1.5,
  1e9,
  2 ** 31,
  2 ** 53,
  1e308,
  [],
  [null],
  [[]],
  {},
  { length: 3 },
  "a\u0000b",
  "y".repeat(2000),
];

type Container = Record<string, unknown> | unknown[];

function containersOf(json: unknown, found: Container[] = []): Container[] {
  if (typeof json !== "object" || json === null) return found;
  found.push(json as Container);
  for (const value of Object.values(json)) containersOf(value, found);
  return found;
}

/** Damages a field of JSON: an odd value, another number, a field gone, doubled, renamed, moved. */
export function damageJson(random: Random, json: unknown): unknown {
  const copy = structuredClone(json);
  const containers = containersOf(copy).filter((value) => Object.keys(value).length > 0);
  const target = pick(random, containers) as Record<string, unknown>;
  const key = pick(random, Object.keys(target));
  const other = pick(random, containers) as Record<string, unknown>;
  const value = target[key];
  switch (random.below(8)) {
    case 0:
      if (Array.isArray(target)) target.splice(Number(key), 1);
      else delete target[key];
      break;
    case 1:
      if (Array.isArray(target)) target.push(structuredClone(value));
      else target[`${key}2`] = value;
      break;
    case 2:
      target[key] = structuredClone(pick(random, Object.values(other)));
      break;
    case 3:
      if (typeof value === "number") {
        target[key] = value + pick(random, [-1, 1, 0.5, 1000, -2 * value]);
      } else if (typeof value === "string") {
        target[key] = `${value}${pick(random, ["", " ", "x", "é"])}`;
      } else if (Array.isArray(value)) target[key] = value.toReversed();
      else target[key] = pick(random, odd);
      break;
    default:
      target[key] = pick(random, odd);
  }
  return copy;
}

/** Puts NaN, infinity or a huge number, among float32 numbers. */
export function damageNumbers(random: Random, bytes: Uint8Array): Uint8Array {
  const changed = bytes.slice();
  if (changed.length < 4) return changed;
  const value = pick(random, [NaN, Infinity, -Infinity, 3e38, -0, 1e-45]);
  new DataView(changed.buffer).setFloat32(4 * random.below(changed.length >> 2), value, true);
  return changed;
}

/** The files with a bit turned round, for every seventh bit, and which one it is. */
export function* flippedBits(files: Files): Generator<[what: string, changed: Files]> {
  for (const [name, content] of files) {
    for (let bit = 0; bit < 8 * content.length; bit += 7) {
      const changed = content.slice();
      changed[bit >> 3]! ^= 1 << (bit & 7);
      yield [`bit ${bit} of ${name}`, new Map(files).set(name, changed)];
    }
  }
}

/** Damages files as a whole: one is damaged, missing, empty, or has the content of another. */
export function damageFiles(random: Random, files: Files): Map<string, Uint8Array> {
  const changed = new Map(files);
  const names = [...files.keys()];
  const name = pick(random, names);
  switch (random.below(12)) {
    case 0:
      changed.delete(name);
      break;
    case 1:
      changed.set(name, new Uint8Array(0));
      break;
    case 2:
      changed.set(name, files.get(pick(random, names))!);
      break;
    default:
      for (let i = random.below(3); i >= 0; i--) {
        changed.set(name, damageBytes(random, changed.get(name)!));
      }
  }
  return changed;
}

/** Whether all files are as they were. */
export function isUnchanged(files: Files, damaged: Files): boolean {
  return files.size === damaged.size && [...files].every(([name, content]) => {
    const other = damaged.get(name);
    return other?.length === content.length && content.every((byte, i) => byte === other[i]);
  });
}

/** Whether an error is one that tells a user what is wrong with a file. */
export function isClear(error: unknown): boolean {
  const known = error instanceof SyntaxError || error instanceof RangeError ||
    error instanceof Deno.errors.NotFound;
  return known && /^Cannot [a-z]+ .{10,}/s.test(error.message);
}

export function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

export async function sha256(bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", Uint8Array.from(bytes));
  return new Uint8Array(digest).toHex();
}

/** Gives a header its checksum, so that what comes behind the check is reached. */
export async function sealed(header: unknown): Promise<Uint8Array> {
  const text = JSON.stringify(header, null, 2) + "\n";
  const place = /"checksum": "[^"]*"\n\}\n$/;
  const blank = text.replace(place, `"checksum": "${"0".repeat(64)}"\n}\n`);
  return bytesOf(
    blank.replace(place, `"checksum": "${await sha256(bytesOf(blank))}"\n}\n`),
  );
}
