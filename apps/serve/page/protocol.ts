/**
 * What the page and the worker that holds the model tell each other.
 *
 * @module
 */
import type { ExplainerTags, OptionSpecs, OptionValues, UnseenSpan } from "@heatword/core";
import type { Sentence } from "@heatword/eval/heatmap";
import type { Explanation } from "@heatword/eval/render";
import type { UnitName } from "@heatword/datasets/unit-names";
import type { PunktTables } from "../_model_files.ts";

/** What gets a relevance of its own: what the model reads, or groups of that. */
export type PageUnit = "token" | UnitName;

/** The files of a model, by their names. */
export type ModelFiles = ReadonlyMap<string, Uint8Array>;

/** A text with some of its words deleted. */
export interface TextState {
  /** The text. */
  readonly text: string;
  /** Where in the text the deleted words start. */
  readonly deleted: readonly number[];
}

/** What is asked of one heatmap. */
export interface Question {
  /** Name of the explainer. */
  readonly explainer: string;
  /** A class, `predicted`, `runner-up`, or two with `-vs-` between. */
  readonly target: string;
  /** Options that differ from their defaults. */
  readonly options: OptionValues;
}

/** An explainer, as far as the page must know it. */
export interface ExplainerInfo {
  readonly name: string;
  readonly description: string;
  readonly citation: string;
  readonly tags: ExplainerTags;
  readonly options: OptionSpecs;
}

/** What is known once the model is there. */
export interface ModelInfo {
  readonly classes: readonly string[];
  /** Those that the model can do with. */
  readonly explainers: readonly ExplainerInfo[];
  /** The names of those that the two heatmaps begin with. */
  readonly usual: readonly [first: string, second: string];
  /** What people should know of the model, a line each. */
  readonly notes: readonly string[];
  /** Whether what the model reads are characters, not words. */
  readonly readsCharacters: boolean;
  /** Whether the page's server has the model, and is asked about each text. */
  readonly remote: boolean;
}

/** The words of a text, or groups of them. */
export interface Words {
  /** Where each starts in the text, shape [T]. */
  readonly starts: Int32Array;
  /** Where each ends, shape [T]. */
  readonly ends: Int32Array;
  /** 1 for a word that the model does not know, shape [T]. */
  readonly unknown: Uint8Array;
  /** Of groups: where the words of each start, shape [T]. */
  readonly members?: readonly (readonly number[])[];
  /** How many words the model does not see, as it takes no more. */
  readonly truncated: number;
  /** Which end of the text was cut off, where one was. */
  readonly cut?: "start" | "end";
  /** The parts of the text that the model does not see. */
  readonly unseen: readonly UnseenSpan[];
  /** What is said of those that its tokenizer leaves out; empty where there is none. */
  readonly leftOut: Sentence;
}

/** The scores of a text. */
export interface Classified extends Words {
  /** The scores as the words are now, shape [C]. */
  readonly scores: Float64Array;
  /** The scores of the whole text, shape [C]. */
  readonly whole: Float64Array;
}

/** A heatmap. */
export interface Explained extends Words {
  /** The target that was meant, e.g. a class for `predicted`. */
  readonly target: string;
  /** Its score. */
  readonly score: number;
  /** Its probability; absent where the target is no class alone. */
  readonly share?: number;
  /** Relevance of each word, shape [T]. */
  readonly relevance: Float64Array;
  /** Whether negative relevance means against. */
  readonly signed: boolean;
  /** What the relevances sum to, and should, if the explainer promises a sum; what biases keep. */
  readonly conservation?: {
    readonly sum: number;
    readonly expected: number;
    readonly keptByBiases?: number;
  };
  /** How long it took, in milliseconds. */
  readonly milliseconds: number;
}

/** What a word contributes to every class. */
export interface WordRelevance {
  /** Which word. */
  readonly position: number;
  /** Its relevance for each class, shape [C]. */
  readonly relevance: Float64Array;
}

/** What becomes of the scores as words are deleted one after the other. */
export interface Deletion {
  /** What goes at each step: where the words start. */
  readonly steps: readonly (readonly number[])[];
  /** The scores after 0, 1, … deletions, shape [K + 1, C]. */
  readonly scores: Float64Array;
  /** The target by which the words were ranked. */
  readonly target: string;
  /** Whether negative relevance means against. */
  readonly signed: boolean;
}

/** The formats of a download. */
export type DownloadFormat = "html" | "json" | "svg";

/** The explanations that a file is made of. */
export interface Wanted extends TextState {
  readonly questions: readonly Question[];
  readonly unit?: PageUnit;
  /** Name of the text. */
  readonly id?: string;
  /** Its true class. */
  readonly label?: string;
  /** Name of the model, where those of another stand beside them. */
  readonly model?: string;
}

/** What the worker can be asked, and what it answers. */
export interface Calls {
  open: {
    ask: {
      readonly files: ModelFiles;
      readonly punkt: PunktTables | null;
      /** The address below which the page's server answers for the model; needed where it has it. */
      readonly base?: string;
    };
    answer: ModelInfo;
  };
  classify: { ask: TextState; answer: Classified };
  explain: {
    ask: TextState & { readonly question: Question; readonly unit?: PageUnit };
    answer: Explained;
  };
  word: {
    ask: TextState & {
      readonly question: Question;
      readonly position: number;
      readonly unit?: PageUnit;
    };
    answer: WordRelevance;
  };
  deletion: {
    ask: {
      readonly text: string;
      readonly question: Question;
      readonly unit?: PageUnit;
      /** 1: the words of most relevance first; −1: those of least (most against it, if signed). */
      readonly direction: 1 | -1;
      /** How many words at most. */
      readonly max: number;
    };
    answer: Deletion;
  };
  score: {
    ask: { readonly texts: readonly string[] };
    /** The scores of each text, shape [C]; of none where the model sees no word in it. */
    answer: readonly (Float64Array | undefined)[];
  };
  explanations: { ask: Wanted; answer: readonly Explanation[] };
  render: {
    ask: Wanted & {
      readonly format: DownloadFormat;
      /** What others found in the same text, and follows. */
      readonly more?: readonly Explanation[];
    };
    answer: string;
  };
}

/** The name of something the worker can be asked. */
export type Call = keyof Calls;

/** A question to the worker. */
export type ToModel =
  & { readonly id: number }
  & {
    [K in Call]: { readonly call: K; readonly ask: Calls[K]["ask"] };
  }[Call];

/** An answer of the worker, or why there is none. */
export type FromModel =
  | { readonly id: number; readonly answer: Calls[Call]["answer"] }
  | { readonly id: number; readonly error: string };
