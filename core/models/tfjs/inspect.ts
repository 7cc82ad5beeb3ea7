import type { TokenizerResources } from "../../tokenizer.ts";
import { holdsGraph, readGraphParts } from "./_graph_parts.ts";
import type { TfjsOptions } from "./_model_text.ts";
import { readParts } from "./_parts.ts";
import type { TfjsSource } from "./_source.ts";
import { SETTING_NAMES, type StoredSettings } from "./_text_settings.ts";

/** How a TensorFlow.js model reads texts, as far as its files tell. */
export interface TfjsReading {
  /** The vocabulary: its file, what that holds, how many words, and how many have a row. */
  readonly vocabulary: {
    readonly file?: string;
    readonly shape: string;
    readonly words: number;
    readonly known: ReadonlyMap<string, number>;
  };
  /** The classes and their file, if they are known. */
  readonly classes?: { readonly file?: string; readonly names: readonly string[] };
  /** How many rows the Embedding has. */
  readonly rows: number;
  /** How many rows every input has, where that is fixed. */
  readonly length?: number;
  /** Settings as `text.json` holds them, those too that nobody gave. */
  readonly settings: StoredSettings;
  /** What is worth knowing of it; a sentence each. */
  readonly notes: readonly string[];
}

/**
 * Looks at a TensorFlow.js model without making it ready: what stands beside it, and how it reads texts.
 *
 * @param source The folder, or the contents of its files by name.
 * @param options What the files beside the model do not say.
 * @param resources Where the tokenizer may look for tables.
 * @returns What was found.
 * @throws {Deno.errors.NotFound} If `model.json`, weights or the vocabulary are missing.
 * @throws {SyntaxError} If a file is damaged or makes no sense.
 */
export async function inspectTfjsModel(
  source: TfjsSource,
  options: TfjsOptions = {},
  resources: TokenizerResources = {},
): Promise<TfjsReading> {
  const read = await holdsGraph(source) ? readGraphParts : readParts;
  const { text, rows } = await read(source, options, resources);
  const { vocabulary: { value, file }, classes, stored, settings, fixed, notes } = text;
  const { reading, ...filled } = settings;
  const { options: own, tokenizer, maxWords } = reading;
  const all: Record<string, unknown> = {
    ...filled,
    ...stored,
    tokenizer: Object.keys(own).length > 0 ? { name: tokenizer, ...own } : tokenizer,
    ...(file !== undefined && { vocabulary: file }),
    ...(classes?.file !== undefined && stored.classes === undefined && { classes: classes.file }),
    offset: stored.offset ?? 0,
    numWords: stored.numWords ?? value.keras?.numWords,
    maxWords,
  };
  return {
    vocabulary: {
      ...(file !== undefined && { file }),
      shape: value.shape,
      words: value.words.size,
      known: text.rows,
    },
    ...(classes && {
      classes: { ...(classes.file !== undefined && { file: classes.file }), names: classes.value },
    }),
    rows,
    ...(fixed !== undefined && { length: fixed }),
    settings: Object.fromEntries(
      SETTING_NAMES.map((name) => [name, all[name]]).filter(([, value]) => value !== undefined),
    ),
    notes,
  };
}
