import { refuseFile } from "./_files.ts";

/** What is read of `config.json`. */
export interface ModelConfig {
  /** The names of the classes; absent where it names none. */
  readonly labels?: readonly string[];
  /** Most tokens that have a position, special ones included. */
  readonly positions: number;
  /** The id that fills up texts. */
  readonly pad?: number;
  /** Whether each class holds or not whatever the others do. */
  readonly isMultiLabel: boolean;
}

/** Models whose positions begin after the one of the padding. */
const SHIFTED =
  /^(roberta|xlm-roberta|xlm-roberta-xl|camembert|longformer|mpnet|data2vec-text|ibert|roberta-prelayernorm|xmod|luke|mega)$/;

/** The classes by their numbers. */
function labelsOf(json: Record<string, unknown>): readonly string[] | undefined {
  const { id2label, num_labels } = json;
  if (id2label === undefined || id2label === null) {
    return Number.isInteger(num_labels) && (num_labels as number) > 0
      ? Array.from({ length: num_labels as number }, (_, i) => `LABEL_${i}`)
      : undefined;
  }
  const named = new Map(Object.entries(id2label).map(([id, name]) => [Number(id), name]));
  const labels = Array.from({ length: named.size }, (_, i) => named.get(i));
  const isList = labels.length > 0 && labels.every((name) => typeof name === "string");
  if (!isList || new Set(labels).size !== labels.length) {
    refuseFile("config.json", '"id2label" does not give each number from 0 on a name of its own');
  }
  return labels as string[];
}

const isCount = (value: unknown): value is number =>
  Number.isInteger(value) && (value as number) > 0;

/**
 * Reads what `config.json` says of a classifier.
 *
 * @param json Its content.
 * @throws {SyntaxError} If it is not one of a classifier.
 */
export function readConfig(json: Record<string, unknown>): ModelConfig {
  const { problem_type, max_position_embeddings, n_positions, model_type, pad_token_id } = json;
  if (problem_type === "regression") {
    refuseFile("config.json", "its model gives a number (regression), and no classes");
  }
  const named = json.architectures;
  const architecture = Array.isArray(named) ? named[0] : undefined;
  const isOther = typeof architecture === "string" &&
    /For(MaskedLM|CausalLM|TokenClassification|QuestionAnswering|ConditionalGeneration|PreTraining|MultipleChoice)$|LMHeadModel$/
      .test(architecture);
  if (isOther) {
    refuseFile(
      "config.json",
      `its model is a ${architecture}, and no classifier of texts (…ForSequenceClassification)`,
    );
  }
  const labels = labelsOf(json);
  const pad = Number.isInteger(pad_token_id) && (pad_token_id as number) >= 0
    ? pad_token_id as number
    : undefined;
  const given = [max_position_embeddings, n_positions].find(isCount) ?? Infinity;
  const isShifted = typeof model_type === "string" && SHIFTED.test(model_type);
  return {
    ...(labels && { labels }),
    positions: isShifted ? given - (pad ?? 1) - 1 : given,
    ...(pad !== undefined && { pad }),
    isMultiLabel: problem_type === "multi_label_classification",
  };
}
