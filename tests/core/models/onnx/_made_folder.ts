import { type MadeOnnx, madeOnnx } from "./_made_onnx.ts";

const encode = (json: unknown) => new TextEncoder().encode(JSON.stringify(json));

const added = (contents: readonly string[]) =>
  contents.map((content, id) => ({
    id,
    content,
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: false,
    special: true,
  }));

/** Puts one special token before a text, and one after it. */
const around = (first: string, last: string) => ({
  type: "TemplateProcessing",
  single: [
    { SpecialToken: { id: first, type_id: 0 } },
    { Sequence: { id: "A", type_id: 0 } },
    { SpecialToken: { id: last, type_id: 0 } },
  ],
  pair: [],
  special_tokens: {
    [first]: { id: first, ids: [2], tokens: [first] },
    [last]: { id: last, ids: [3], tokens: [last] },
  },
});

/** The special tokens of BERT; their ids are their places. */
export const SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"] as const;

const numbered = (tokens: readonly string[]) => Object.fromEntries(tokens.map((t, id) => [t, id]));

/** A `tokenizer.json` as BERT has it, that knows some pieces. */
export const wordPiece = (pieces: readonly string[]) => ({
  version: "1.0",
  truncation: null,
  padding: null,
  added_tokens: added(SPECIAL),
  normalizer: {
    type: "BertNormalizer",
    clean_text: true,
    handle_chinese_chars: true,
    strip_accents: null,
    lowercase: true,
  },
  pre_tokenizer: { type: "BertPreTokenizer" },
  post_processor: around("[CLS]", "[SEP]"),
  decoder: { type: "WordPiece", prefix: "##", cleanup: true },
  model: {
    type: "WordPiece",
    unk_token: "[UNK]",
    continuing_subword_prefix: "##",
    max_input_chars_per_word: 100,
    vocab: numbered([...SPECIAL, ...pieces]),
  },
});

/** A `tokenizer.json` as RoBERTa has it: characters stand for bytes, some of which are merged. */
export const byteLevel = (
  bytes: readonly string[],
  merges: readonly (readonly [string, string])[],
) => ({
  version: "1.0",
  truncation: null,
  padding: null,
  added_tokens: added(["<pad>", "<unk>", "<s>", "</s>", "<mask>"]),
  normalizer: null,
  pre_tokenizer: {
    type: "ByteLevel",
    add_prefix_space: false,
    trim_offsets: true,
    use_regex: true,
  },
  post_processor: around("<s>", "</s>"),
  decoder: { type: "ByteLevel", add_prefix_space: true, trim_offsets: true, use_regex: true },
  model: {
    type: "BPE",
    unk_token: "<unk>",
    continuing_subword_prefix: "",
    end_of_word_suffix: "",
    fuse_unk: false,
    vocab: numbered([
      ...["<pad>", "<unk>", "<s>", "</s>", "<mask>"],
      ...bytes,
      ...merges.map((pair) => pair.join("")),
    ]),
    merges,
  },
});

/** A `tokenizer.json` as XLM-RoBERTa has it: pieces of the whole text, blanks among them. */
export const sentencePieces = (pieces: readonly string[]) => ({
  version: "1.0",
  truncation: null,
  padding: null,
  added_tokens: added(["<pad>", "<unk>", "<s>", "</s>", "<mask>"]),
  normalizer: {
    type: "Sequence",
    normalizers: [{ type: "NFKC" }, {
      type: "Replace",
      pattern: { Regex: " {2,}" },
      content: " ",
    }],
  },
  pre_tokenizer: { type: "Metaspace", replacement: "▁", prepend_scheme: "always" },
  post_processor: around("<s>", "</s>"),
  decoder: { type: "Metaspace", replacement: "▁", prepend_scheme: "always" },
  model: {
    type: "Unigram",
    unk_id: 1,
    vocab: [
      ...["<pad>", "<unk>", "<s>", "</s>", "<mask>"].map((token) => [token, 0]),
      ...pieces.map((piece) => [piece, -1 / piece.length]),
    ],
  },
});

/** The special tokens that `tokenizer_config.json` names. */
export const tokenizerConfig = {
  unk_token: "[UNK]",
  pad_token: "[PAD]",
  mask_token: "[MASK]",
  model_max_length: 16,
};

/** Files of a folder of Hugging Face, some of them others than usual. */
export function madeFolder(
  pieces: readonly string[],
  model: MadeOnnx,
  others: Readonly<Record<string, unknown>> = {},
): Map<string, Uint8Array> {
  const { rows } = model;
  const labels = rows[0]!.map((_, c) => [String(c), `class ${c}`]);
  const files: Record<string, unknown> = {
    "config.json": { model_type: "bert", id2label: Object.fromEntries(labels) },
    "tokenizer.json": wordPiece(pieces),
    "tokenizer_config.json": tokenizerConfig,
    "onnx/model.onnx": madeOnnx(model),
    ...others,
  };
  const given = Object.entries(files).filter(([, content]) => content !== undefined);
  return new Map(given.map(([name, content]) => {
    return [name, content instanceof Uint8Array ? content : encode(content)];
  }));
}
