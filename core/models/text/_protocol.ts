import { ModelUnavailable } from "../../model_unavailable.ts";
import { areProbabilities, checkedRows, logarithms } from "./_rows.ts";

/** What was answered about some texts. */
export interface Answer {
  /** The classes, in the order of the scores. */
  readonly classes: readonly string[];
  /** For each text its scores before softmax, shape [C]. */
  readonly rows: readonly Float64Array[];
}

/** Reads answers that have to agree with each other. */
export class AnswerReader {
  readonly #who: string;
  #classes: readonly string[] | undefined;

  /**
   * Makes a reader that knows no classes yet.
   *
   * @param who Who answers, as a sentence begins, e.g. `The command "serve"`.
   */
  constructor(who: string) {
    this.#who = who;
  }

  /**
   * Reads `{"classes": […], "scores": [[…], …]}`, or the same with `probabilities` in place of scores.
   * Classes in another order than before are put in order.
   *
   * @param answer The JSON value.
   * @param texts The texts that were asked for.
   * @returns The answer, in the order of the first one.
   * @throws {TypeError} If it is anything else.
   * @throws {ModelUnavailable} If it is about other classes than before: then it is another model.
   */
  read(answer: unknown, texts: readonly string[]): Answer {
    const who = this.#who;
    if (typeof answer === "string") {
      throw new TypeError(
        `${who} gave what is not JSON: ${JSON.stringify(answer.slice(0, 80))}`,
      );
    }
    const fields = (typeof answer === "object" && answer !== null ? answer : {}) as Record<
      string,
      unknown
    >;
    if (typeof fields.error === "string") throw new TypeError(`${who} says: ${fields.error}`);
    const given = this.#namesIn(fields.classes);
    const name = "scores" in fields ? "scores" : "probabilities";
    if (!(name in fields)) {
      throw new TypeError(`${who} gave no "scores", only ${namesOf(Object.keys(fields))}`);
    }
    const places = this.#placesIn(given);
    const rows = checkedRows(fields[name], texts, given, who);
    const scores = name === "scores"
      ? rows
      : logarithms(rows, texts, who, 'if they are scores before softmax, call them "scores"');
    const classes = this.#classes ??= given;
    const isInOrder = places.every((place, c) => place === c);
    return {
      classes,
      rows: isInOrder
        ? scores
        : scores.map((row) => Float64Array.from(places, (place) => row[place]!)),
    };
  }

  /**
   * Where each class of the first answer stands in another answer.
   *
   * @throws {ModelUnavailable} If the classes are others.
   */
  #placesIn(given: readonly string[]): readonly number[] {
    const classes = this.#classes ?? given;
    const places = classes.map((name) => given.indexOf(name));
    if (given.length === classes.length && !places.includes(-1)) return places;
    throw new ModelUnavailable(
      `${this.#who} gave the classes ${namesOf(given)}, but before ${namesOf(classes)}`,
    );
  }

  #namesIn(classes: unknown): readonly string[] {
    const isList = Array.isArray(classes) && classes.length > 0 &&
      classes.every((name) => typeof name === "string" && name !== "") &&
      new Set(classes).size === classes.length;
    if (isList) return classes;
    throw new TypeError(`${this.#who} gave no "classes", a list of names that differ`);
  }
}

const NAMED = 6;

function namesOf(names: readonly string[]): string {
  if (names.length === 0) return "nothing";
  const more = names.length > NAMED ? `, and ${names.length - NAMED} more` : "";
  return names.slice(0, NAMED).map((name) => JSON.stringify(name)).join(", ") + more;
}

/** What is asked first, to learn the classes. */
export const trialText = "This is a text.";

/** Warns that scores look like probabilities, though they were not called so. */
export function notesOn({ rows }: Answer, raw: unknown): string[] {
  const isCalledScores = typeof raw === "object" && raw !== null && "scores" in raw;
  const row = rows[0];
  if (!isCalledScores || row === undefined || !areProbabilities(row)) return [];
  if (row.every((value) => Number.isInteger(value))) return [];
  return [
    'the scores sum up to 1 as probabilities do: if they are some, call them "probabilities" ' +
    'in place of "scores"',
  ];
}
