import type { OptionValues } from "@heatword/core";
import type { PageUnit, Question } from "./protocol.ts";

/** An article that the text is. */
export interface ArticleName {
  /** Its collection. */
  readonly corpus: string;
  /** Newsgroup and number. */
  readonly id: string;
  /** Its true class. */
  readonly label?: string;
}

/** All that the page shows follows from this; it is also what a link shares. */
export interface State {
  /** The text. */
  readonly text: string;
  /** The article that it is, as long as it was not changed. */
  readonly article?: ArticleName;
  /** Where the deleted words start, in text order. */
  readonly deleted: readonly number[];
  /** What the two heatmaps show. */
  readonly questions: readonly [Question, Question];
  /** Whether the second heatmap is shown. */
  readonly compare: boolean;
  /** The name of the second heatmap's model; empty where it is that of the first. */
  readonly other: string;
  /** Which words the slider deletes first: 1 for those for the target, −1 for those against. */
  readonly direction: 1 | -1;
  /**
   * The classes that `predicted` and `runner-up` stand for since the slider was used, of each model, so
   * that a heatmap goes on explaining the same class while words go; until the text or a target is
   * another or no word is deleted.
   */
  readonly meant?: readonly (readonly string[])[];
  /** What gets a relevance of its own, and is deleted as one. */
  readonly unit: PageUnit;
  /** Whether colours go by the root of relevance, so that one strong word does not whiten the rest. */
  readonly rootScale: boolean;
}

/** The state that the page begins with. */
export const firstState: State = {
  text: "",
  deleted: [],
  questions: [
    { explainer: "lrp", target: "predicted", options: {} },
    { explainer: "sa", target: "predicted", options: {} },
  ],
  compare: false,
  other: "",
  direction: 1,
  unit: "token",
  rootScale: false,
};

/** Which of the models a heatmap is of. */
export const modelOf = ({ other }: State, panel: 0 | 1): 0 | 1 =>
  panel === 1 && other !== "" ? 1 : 0;

/** Whether two models are shown. */
export const areCompared = (state: State): boolean => state.compare && modelOf(state, 1) === 1;

/** A state in which `meant` stands only as long as it holds. */
function settled(state: State, before: State): State {
  const other = state.text !== before.text ||
    state.questions.some(({ target }, i) => target !== before.questions[i]!.target);
  if (state.meant === undefined || state.deleted.length > 0 && !other) return state;
  const { meant: _, ...rest } = state;
  return rest;
}

/** Holds the state and tells who listens of every change. */
export class Store {
  #state: State;
  readonly #listeners: ((state: State, before: State) => void)[] = [];

  /** Starts with a state. */
  constructor(state: State) {
    this.#state = state;
  }

  /** The state. */
  get state(): State {
    return this.#state;
  }

  /** Calls a function after every change, in the order of these calls. */
  listen(listener: (state: State, before: State) => void): void {
    this.#listeners.push(listener);
  }

  /** Changes the state. */
  set(change: Partial<State>): void {
    const before = this.#state;
    this.#state = settled({ ...before, ...change }, before);
    for (const listener of this.#listeners) listener(this.#state, before);
  }

  /** Replaces all of it. */
  replace(state: State): void {
    const before = this.#state;
    this.#state = settled(state, state);
    for (const listener of this.#listeners) listener(state, before);
  }

  /** Changes what one heatmap shows. */
  ask(panel: 0 | 1, change: Partial<Question>): void {
    const questions = this.#state.questions.map((question, i) =>
      i === panel ? { ...question, ...change } : question
    );
    this.set({ questions: questions as unknown as State["questions"] });
  }

  /**
   * Deletes words, or restores them.
   *
   * @param starts Where they start.
   * @param restored Whether they are restored; if left out, they are where all of them are deleted.
   */
  toggle(starts: readonly number[], restored?: boolean): void {
    const deleted = new Set(this.#state.deleted);
    const areGone = restored ?? starts.every((start) => deleted.has(start));
    for (const start of starts) areGone ? deleted.delete(start) : deleted.add(start);
    this.set({ deleted: [...deleted].sort((a, b) => a - b) });
  }

  /** Takes a text that was edited: words that are still where they were stay deleted. */
  edit(text: string): void {
    const { article: _, meant: __, ...rest } = this.#state;
    const deleted = moveThroughEdit(rest.deleted, rest.text, text);
    this.replace({ ...rest, text, deleted });
  }
}

/** The word that starts at a place, behind the letter that it follows, if it follows one. */
function wordAt(text: string, place: number): string {
  const [before] = /[\p{L}\p{N}'.-]?$/u.exec(text.slice(Math.max(0, place - 1), place))!;
  return before + /^[\p{L}\p{N}'.-]*/u.exec(text.slice(place))![0];
}

/** How many characters at the start, and at the end, an edit left as they were. */
export function unchangedEnds(before: string, after: string): [head: number, tail: number] {
  const max = Math.min(before.length, after.length);
  let head = 0;
  while (head < max && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < max - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  return [head, tail];
}

/**
 * Where words of a text are after an edit: those before the changed part stay, those behind it
 * move with it, those that were changed are left out.
 *
 * @param starts Where the words start.
 * @param before The text before the edit.
 * @param after The text behind it.
 * @returns Where those that are left start now.
 */
export function moveThroughEdit(
  starts: readonly number[],
  before: string,
  after: string,
): number[] {
  const [head, tail] = unchangedEnds(before, after);
  const moved = after.length - before.length;
  return starts.flatMap((start) => {
    const inTail = start >= before.length - tail;
    if (start >= head && !inTail) return [];
    const now = start < head ? start : start + moved;
    return wordAt(before, start) === wordAt(after, now) ? [now] : [];
  });
}

/** Whether two sets of options are the same. */
function sameOptions(a: OptionValues, b: OptionValues): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}

/** Whether two questions are the same. */
export function sameQuestion(a: Question, b: Question): boolean {
  return a.explainer === b.explainer && a.target === b.target && sameOptions(a.options, b.options);
}

const VERSUS = "-vs-";

/** A target as its two parts; the second is empty where nothing is contrasted. */
export function splitTarget(target: string, classes: readonly string[]): [string, string] {
  const at = classes.includes(target) ? -1 : target.indexOf(VERSUS);
  return at < 0 ? [target, ""] : [target.slice(0, at), target.slice(at + VERSUS.length)];
}

/** Two parts as a target; the second may be empty. */
export function joinTarget(of: string, against: string): string {
  return of + (against === "" ? "" : VERSUS + against);
}

/**
 * A question with classes in place of `predicted` and `runner-up`.
 *
 * @param question The question.
 * @param meant The classes that these stand for; undefined where they are not known.
 * @param classes The classes of the model.
 */
export function namedQuestion(
  question: Question,
  meant: readonly string[] | undefined,
  classes: readonly string[],
): Question {
  if (meant === undefined) return question;
  const named = (part: string) => {
    const place = classes.includes(part) ? -1 : ["predicted", "runner-up"].indexOf(part);
    return meant[place] ?? part;
  };
  const [of, against] = splitTarget(question.target, classes);
  return { ...question, target: joinTarget(named(of), named(against)) };
}
