import { drawWeights, savedFiles, tf } from "./_saved.ts";

/** A model with a recurrent layer that is not known, or of known layers, of any or one length. */
export async function textModel(
  { rows = 8, length, recurrent = false, beside = {}, units = 2 }: {
    rows?: number;
    length?: number;
    recurrent?: boolean;
    beside?: Record<string, unknown>;
    units?: number;
  } = {},
) {
  const embedding = tf.layers.embedding({
    inputDim: rows,
    outputDim: 4,
    ...(length !== undefined && { inputLength: length }),
  });
  const layers = recurrent
    ? [tf.layers.lstm({ units: 3, activation: "softsign" })]
    : length === undefined
    ? [tf.layers.globalAveragePooling1d({})]
    : [tf.layers.conv1d({ filters: 3, kernelSize: 2, activation: "tanh" }), tf.layers.flatten()];
  const model = drawWeights(
    tf.sequential({ layers: [embedding, ...layers, tf.layers.dense({ units })] }),
    11,
  );
  return { model, files: await savedFiles(model, beside) };
}

/** Rows of any model as its layers see them. */
export function rowsSeen(
  { rows, order }: { readonly rows?: Int32Array; readonly order?: Int32Array },
): number[] {
  return order ? Array.from(order, (position) => rows![position]!) : [...rows!];
}
