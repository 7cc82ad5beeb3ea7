import { readFile, writeFileAtomically } from "@heatword/core/files";
import { createHash } from "node:crypto";
import { TRAINING_ROWS } from "../folders.ts";
import type { LabelledText } from "../tables/mod.ts";

/** The file of a model whose digest ties the rows to it. */
const HEADER = "model.json";
const MAGIC = "HWROWS1\n";
const SHA256 = 32;
const DIGEST = 8;

/**
 * Tells a row from others, by text and class: white space, and how accents are composed, do not
 * count, as they change on the way through other programs.
 */
function digestOf({ text, label }: Pick<LabelledText, "text" | "label">): bigint {
  const plain = (value: string) => value.normalize("NFC").replace(/\s+/g, " ").trim();
  const bytes = createHash("sha256").update(JSON.stringify([plain(label), plain(text)])).digest();
  return bytes.readBigUInt64LE(0);
}

async function headerDigest(folder: string): Promise<Uint8Array> {
  return createHash("sha256").update(await readFile(`${folder}/${HEADER}`)).digest();
}

/** How rows of other data divide by whether a model was trained on them. */
export interface DividedRows<R> {
  /** Those that it was trained on, each at most as often as in training. */
  readonly trained: readonly R[];
  /** The others, in order. */
  readonly others: readonly R[];
  /** How many of the others have the text and the class of a row that it was trained on. */
  readonly repeated: number;
}

/**
 * The rows that a model was trained on, as digests of eight bytes: enough to find them again in a
 * table, whatever its order and form, and not enough to read them.
 */
export class TrainingRows {
  readonly #counts: ReadonlyMap<bigint, number>;
  /** How many rows there are. */
  readonly size: number;

  private constructor(digests: Iterable<bigint>) {
    const counts = new Map<bigint, number>();
    let size = 0;
    for (const digest of digests) {
      counts.set(digest, (counts.get(digest) ?? 0) + 1);
      size++;
    }
    this.#counts = counts;
    this.size = size;
  }

  /**
   * The digests of rows.
   *
   * @param rows The rows.
   */
  static of(rows: Iterable<Pick<LabelledText, "text" | "label">>): TrainingRows {
    return new TrainingRows(Array.from(rows, digestOf));
  }

  /**
   * The rows that any of several models was trained on, each as often as where it stands most often.
   *
   * @param all Those of each model.
   * @returns All of them; nothing where no model tells.
   *
   * @example
   * ```ts
   * import { TrainingRows } from "@heatword/datasets/corpus";
   * import { assertEquals } from "@std/assert";
   *
   * const rows = ["moon", "orbit", "ride"].map((text) => ({ text, label: "a" }));
   * const [one, other] = [TrainingRows.of(rows.slice(0, 2)), TrainingRows.of(rows.slice(1))];
   * assertEquals(TrainingRows.ofAny([one, other])!.divide(rows).others, []);
   * assertEquals(TrainingRows.ofAny([]), undefined);
   * ```
   */
  static ofAny(all: readonly TrainingRows[]): TrainingRows | undefined {
    if (all.length <= 1) return all[0];
    const most = new Map<bigint, number>();
    for (const rows of all) {
      for (const [digest, count] of rows.#counts) {
        most.set(digest, Math.max(count, most.get(digest) ?? 0));
      }
    }
    return new TrainingRows(
      [...most].flatMap(([digest, count]) => Array<bigint>(count).fill(digest)),
    );
  }

  /**
   * Divides rows by whether they were trained on. A row that stands there more often than in
   * training is one of the others from then on.
   *
   * @param rows The rows.
   *
   * @example
   * ```ts
   * import { TrainingRows } from "@heatword/datasets/corpus";
   * import { assertEquals } from "@std/assert";
   *
   * const row = (text: string) => ({ text, label: "a" });
   * const known = TrainingRows.of([row("moon"), row("orbit")]);
   * const { trained, others, repeated } = known.divide(["moon", "moon", "ride"].map(row));
   * assertEquals([trained, others, repeated], [[row("moon")], [row("moon"), row("ride")], 1]);
   * ```
   */
  divide<R extends Pick<LabelledText, "text" | "label">>(rows: readonly R[]): DividedRows<R> {
    const left = new Map(this.#counts);
    const trained: R[] = [];
    const others: R[] = [];
    let repeated = 0;
    for (const row of rows) {
      const count = left.get(digestOf(row));
      if (count === undefined) others.push(row);
      else if (count === 0) {
        others.push(row);
        repeated++;
      } else {
        trained.push(row);
        left.set(digestOf(row), count - 1);
      }
    }
    return { trained, others, repeated };
  }

  /**
   * Writes the digests into the folder of the model, sorted; the model itself must be there.
   *
   * @param folder The folder.
   */
  async save(folder: string): Promise<void> {
    const digests = new BigUint64Array(
      [...this.#counts].flatMap(([digest, count]) => Array<bigint>(count).fill(digest)),
    ).sort();
    const start = MAGIC.length + SHA256;
    const bytes = new Uint8Array(start + DIGEST * digests.length);
    bytes.set(new TextEncoder().encode(MAGIC));
    bytes.set(await headerDigest(folder), MAGIC.length);
    const view = new DataView(bytes.buffer);
    digests.forEach((digest, i) => view.setBigUint64(start + DIGEST * i, digest, true));
    await writeFileAtomically(`${folder}/${TRAINING_ROWS}`, bytes);
  }

  /**
   * Reads the digests of a model.
   *
   * @param folder The folder of the model, or what else was given as one.
   * @returns The digests; nothing for a model that has none, as those of other programs.
   * @throws {SyntaxError} If the file is damaged.
   */
  static async load(folder: string): Promise<TrainingRows | undefined> {
    const path = `${folder}/${TRAINING_ROWS}`;
    let bytes: Uint8Array;
    try {
      bytes = await readFile(path);
    } catch (error) {
      const { NotADirectory, NotFound } = Deno.errors;
      if (error instanceof NotFound || error instanceof NotADirectory) return undefined;
      throw error;
    }
    const start = MAGIC.length + SHA256;
    const magic = new TextDecoder().decode(bytes.subarray(0, MAGIC.length));
    if (magic !== MAGIC || bytes.length < start || (bytes.length - start) % DIGEST !== 0) {
      throw new SyntaxError(
        `Cannot read "${path}": it is damaged; remove it, and no training row is known`,
      );
    }
    // Rows of a model that stood here before tell nothing of this one.
    const header = await headerDigest(folder);
    if (!header.every((byte, i) => byte === bytes[MAGIC.length + i])) return undefined;
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    return new TrainingRows(
      Array.from(
        { length: (bytes.length - start) / DIGEST },
        (_, i) => view.getBigUint64(start + DIGEST * i, true),
      ),
    );
  }
}
