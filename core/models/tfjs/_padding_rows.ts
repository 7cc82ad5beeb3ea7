import { type EmbeddingTable, plainVectors } from "../embedding_table.ts";
import { type LayerSpec, type Path, UnsupportedLayer } from "./_topology.ts";

/** What follows an Embedding, and which of its rows are padding that is passed over. */
export interface Passing {
  /** The steps behind. */
  readonly path: Path;
  /** The word vectors, as the steps see them. */
  readonly vectors: EmbeddingTable;
  /** Whether a row is padding; absent where none is. */
  readonly isPadding?: (row: number) => boolean;
}

/** The rows whose numbers are all the value that a Masking names; they become zero vectors. */
function maskedRows(spec: LayerSpec, values: Float32Array, dimensions: number) {
  const { mask_value: value = 0 } = spec.config;
  if (typeof value !== "number") {
    throw new SyntaxError(
      `Cannot read "model.json": "mask_value" of layer "${spec.name}" is ${JSON.stringify(value)}`,
    );
  }
  const shown = values.slice();
  const rows = new Set<number>();
  for (let row = 0; row * dimensions < values.length; row++) {
    const vector = shown.subarray(row * dimensions, (row + 1) * dimensions);
    if (!vector.every((number) => number === Math.fround(value))) continue;
    vector.fill(0);
    rows.add(row);
  }
  return { rows, shown };
}

/**
 * Finds which rows of an Embedding are padding: row 0, where it says so itself, or those that a
 * Masking right behind it passes over. Only words of the text can be: what the layers before have
 * made of them cannot.
 *
 * @param embedding The Embedding.
 * @param path The steps behind it.
 * @param values Its weights, [V, D].
 * @param dimensions D.
 * @param isIdle Whether a layer does nothing when a model is used.
 */
export function paddingRows(
  embedding: LayerSpec,
  path: Path,
  values: Float32Array,
  dimensions: number,
  isIdle: (spec: LayerSpec) => boolean,
): Passing {
  const isZeroMasked = embedding.config.mask_zero === true;
  const at = path.findIndex(({ spec, branches }) => branches !== undefined || !isIdle(spec));
  const found = path[at];
  if (found === undefined || found.branches || found.spec.className !== "Masking") {
    const vectors = plainVectors(values, dimensions);
    return { path, vectors, ...(isZeroMasked && { isPadding: (row) => row === 0 }) };
  }
  if (isZeroMasked) {
    throw new UnsupportedLayer(
      `layer "${found.spec.name}" is of type "Masking" behind an Embedding with mask_zero`,
    );
  }
  const { rows, shown } = maskedRows(found.spec, values, dimensions);
  return {
    path: path.toSpliced(at, 1),
    vectors: plainVectors(shown, dimensions),
    isPadding: (row) => rows.has(row),
  };
}
