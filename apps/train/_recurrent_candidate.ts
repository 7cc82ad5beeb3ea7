import {
  compactRecurrent,
  compactStorage,
  type RecurrentClassifier,
  saveRecurrent,
} from "@heatword/core/recurrent";
import type { TrainingCorpus } from "@heatword/datasets/corpus";
import { getVectors } from "../training/model.ts";
import { getRecurrent, type RecurrentChoice } from "../training/recurrent.ts";
import { frequentWords, type MakeCandidate, predict, vectorsKept } from "./_candidate.ts";

function knowsOf({ vocabulary, shape: { units, bidirectional } }: RecurrentClassifier): string {
  return `${vocabulary.size} words, by ${units} units${bidirectional ? " in each direction" : ""}`;
}

/** A smaller copy that knows the words which the training documents have so many times. */
function compacted(
  model: RecurrentClassifier,
  { train }: TrainingCorpus,
  minCount: number,
  bits: 4 | 8,
) {
  const kept = frequentWords(train, minCount);
  return compactRecurrent(model, (word) => kept.has(word.toLowerCase()), { bits });
}

/**
 * Trains recurrent classifiers.
 *
 * @param architecture What it is called.
 * @param choice Its cell and directions.
 */
export function recurrentCandidate(
  architecture: "lstm" | "bilstm" | "gru",
  choice: Pick<RecurrentChoice, "cell" | "bidirectional">,
): MakeCandidate {
  return async (corpus, settings, context, onNotice) => {
    const { vectors: spec, compact, bits = 8, units, dropout, epochs } = settings;
    const { vectors } = await getVectors(corpus, spec, context, onNotice);
    const asked = {
      ...choice,
      ...(units !== undefined && { units }),
      ...(dropout !== undefined && { dropout }),
      ...(epochs !== undefined && { epochs }),
    };
    const trained = await getRecurrent(corpus, vectors, asked, context, onNotice);
    const { model: full, training } = trained;
    const model = compact === undefined ? full : compacted(full, corpus, compact, bits);
    const heldOut = training.history[training.bestEpoch - 1]?.heldOut?.accuracy;
    return {
      architecture,
      knows: knowsOf(model),
      ...(heldOut !== undefined && { heldOut }),
      predictions: () => predict(model, corpus),
      ...(compact !== undefined && { full: () => predict(full, corpus) }),
      save: (folder, { corpus, ...about }) =>
        saveRecurrent(folder, model, {
          ...(compact !== undefined && compactStorage(bits)),
          training: {
            corpus,
            ...training,
            vectors: vectorsKept(spec),
            ...(compact !== undefined && { compact, bits }),
            ...about,
          },
        }),
    };
  };
}
