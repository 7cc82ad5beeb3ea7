import { getExplainer, type OptionValues, readOptions, unknownName } from "@heatword/core";
import { type UnitName, unitName } from "@heatword/datasets/unit-names";
import { checkTarget } from "@heatword/eval/explanations";
import { Problem } from "./_problem.ts";

/** What `POST /api/explain` asks for, checked. */
export interface ExplainRequest {
  /** The text. */
  readonly text: string;
  /** Name of the model; absent for the first. */
  readonly model?: string;
  /** Name of the explainer. */
  readonly explainer: string;
  /** A class, `predicted`, `runner-up`, or two with `-vs-` between; absent for the predicted. */
  readonly target?: string;
  /** Into what words are grouped; absent where each is on its own. */
  readonly unit?: Exclude<UnitName, "word">;
  /** The options of the explainer, all of them. */
  readonly options: OptionValues;
}

/** The fields of a request. */
export const requestFields = ["text", "explainer", "target", "unit", "options", "model"];

/** A value as a message quotes it. */
export function shown(value: unknown): string {
  const json = JSON.stringify(value) ?? String(value);
  return json.length > 60 ? `${json.slice(0, 59)}…` : json;
}

function stringField(body: Record<string, unknown>, name: string, fallback?: string): string {
  const value = body[name] ?? fallback;
  if (typeof value === "string") return value;
  if (value === undefined) throw new Problem(400, `The field "${name}" is missing`);
  throw new Problem(400, `The field "${name}" takes a string, not ${shown(value)}`);
}

/**
 * The body of a request as an object.
 *
 * @param body The body, as JSON has it.
 * @param wanted What it should be.
 * @param fields The fields that it may have.
 * @throws {Problem} 400 if it is none, or has others.
 */
export function objectField(
  body: unknown,
  wanted: string,
  fields: readonly string[],
): Record<string, unknown> {
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw new Problem(400, `The body takes ${wanted}, not ${shown(body)}`);
  }
  for (const name of Object.keys(body)) {
    if (!fields.includes(name)) throw new Problem(400, unknownName("field", name, fields).message);
  }
  return body as Record<string, unknown>;
}

/** Turns the errors of a lookup into a problem. */
function checked<T>(look: () => T): T {
  try {
    return look();
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError) {
      throw new Problem(422, error.message);
    }
    throw error;
  }
}

/** What requests to a model are checked by. */
export interface ModelFacts {
  /** Its name. */
  readonly name: string;
  /** Its classes. */
  readonly classes: readonly string[];
  /** The explainer that is taken where none is asked for. */
  readonly explainer: string;
}

/** What requests are checked by. */
export interface RequestFacts {
  /** The models; the first is meant where none is named. */
  readonly models: readonly ModelFacts[];
  /** The longest text, in UTF-16 code units. */
  readonly maxCharacters: number;
}

/**
 * The model that a client names.
 *
 * @param name Its name; the first is meant where there is none.
 * @param models The models.
 * @throws {Problem} 422 if there is none of that name.
 */
export function modelNamed<M extends { readonly name: string }>(
  name: string | undefined,
  models: readonly M[],
): M {
  const found = name === undefined ? models[0] : models.find((model) => model.name === name);
  if (found) return found;
  throw new Problem(422, unknownName("model", name!, models.map(({ name }) => name)).message);
}

/**
 * Checks what was asked for.
 *
 * @param body The body of the request, as JSON has it.
 * @param facts The models, with classes and usual explainer, and limits.
 * @returns The request, with defaults filled in.
 * @throws {Problem} 400 for a wrong type, 413 for a long text, 422 for an unknown name or a value
 * out of range.
 */
export function readExplainRequest(
  body: unknown,
  { models, maxCharacters }: RequestFacts,
): ExplainRequest {
  const given = objectField(body, 'an object with a "text"', requestFields);
  const text = stringField(given, "text");
  const model = given.model == null ? undefined : stringField(given, "model");
  const { classes, explainer: usual } = modelNamed(model, models);
  const explainer = stringField(given, "explainer", usual);
  const target = given.target == null ? undefined : stringField(given, "target");
  const unit = checked(() => unitName(stringField(given, "unit", "word")));
  const options = given.options ?? {};
  if (typeof options !== "object" || Array.isArray(options)) {
    throw new Problem(400, `The field "options" takes an object, not ${shown(options)}`);
  }
  if (text.length > maxCharacters) {
    throw new Problem(
      413,
      `The text has ${text.length} characters: give at most ${maxCharacters}`,
    );
  }
  if (text.trim() === "") throw new Problem(422, "The text is empty: there is nothing to explain");
  const { options: specs } = checked(() => getExplainer(explainer));
  if (target !== undefined) checked(() => checkTarget(target, classes));
  const values = checked(() => readOptions(specs, options as Record<string, unknown>));
  return {
    text,
    ...(model !== undefined && { model }),
    explainer,
    ...(target !== undefined && { target }),
    ...(unit !== "word" && { unit }),
    options: values,
  };
}
