import { Ajv2020 } from "ajv/2020";
import { tokenGroups } from "../groups.ts";

const share = { type: "number", minimum: 0, maximum: 1 } as const;
const text = { type: "string", minLength: 1 } as const;
const name = { ...text, description: "What the rule is called in results" } as const;
const words = {
  group: { enum: tokenGroups.map(({ name }) => name), description: "A group of tokens" },
  tokens: { type: "array", items: text, minItems: 1, description: "Words, whatever their case" },
  pattern: { ...text, description: "A regular expression, with the flags u and i" },
} as const;
const oneOfWords = [{ required: ["group"] }, { required: ["tokens"] }, { required: ["pattern"] }];

/** One kind of rule. */
function kind(
  check: string,
  description: string,
  properties: object,
  required: readonly string[],
  more: object = {},
) {
  return {
    type: "object",
    description,
    properties: { check: { const: check }, name, ...properties },
    required: ["check", ...required],
    additionalProperties: false,
    ...more,
  };
}

/** The JSON schema of rules (2020-12). */
export const rulesSchema: Readonly<Record<string, unknown>> = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "Rules for a text classifier",
  type: "object",
  properties: {
    $schema: { type: "string" },
    rules: {
      type: "array",
      minItems: 1,
      items: {
        type: "object",
        required: ["check"],
        properties: { check: { enum: ["relevance", "flips", "speaks", "accuracy"] } },
        discriminator: { propertyName: "check" },
        oneOf: [
          kind(
            "relevance",
            "What may carry but so much of the relevance for a class, in every class or in one",
            { ...words, class: text, below: share },
            ["below"],
            { oneOf: oneOfWords },
          ),
          kind(
            "flips",
            "What may decide but so few texts: the share of predictions that change without it",
            { ...words, below: share },
            ["below"],
            { oneOf: oneOfWords },
          ),
          kind(
            "speaks",
            "A word that must speak for a class in so many of the texts that have it",
            { word: text, class: text, atLeast: share },
            ["word", "class", "atLeast"],
          ),
          kind("accuracy", "How many texts must be classified correctly", { atLeast: share }, [
            "atLeast",
          ]),
        ],
      },
    },
  },
  required: ["rules"],
  additionalProperties: false,
} as const;

/** Which words a rule is about. */
export interface RuleWords {
  /** A group of tokens. */
  readonly group?: string;
  /** Words, whatever their case. */
  readonly tokens?: readonly string[];
  /** A regular expression. */
  readonly pattern?: string;
}

/** A rule. */
export type Rule =
  & { readonly name?: string }
  & (
    | { readonly check: "relevance"; readonly class?: string; readonly below: number } & RuleWords
    | { readonly check: "flips"; readonly below: number } & RuleWords
    | {
      readonly check: "speaks";
      readonly word: string;
      readonly class: string;
      readonly atLeast: number;
    }
    | { readonly check: "accuracy"; readonly atLeast: number }
  );

const validate = new Ajv2020({ discriminator: true, strict: false }).compile<{ rules: Rule[] }>(
  rulesSchema,
);

/**
 * Reads rules.
 *
 * @param json The text of a file of rules.
 * @param path What the file is called in errors.
 * @throws {SyntaxError} If it is not JSON, or not rules; the message says where.
 */
export function readRules(json: string, path: string): readonly Rule[] {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new SyntaxError(`Cannot read the rules in "${path}": ${(error as Error).message}`);
  }
  if (!validate(value)) {
    const [error] = validate.errors!;
    const { instancePath, message, params } = error!;
    const allowed = "allowedValues" in params
      ? `: ${(params.allowedValues as readonly unknown[]).join(", ")}`
      : "additionalProperty" in params
      ? `: "${params.additionalProperty}"`
      : "";
    throw new SyntaxError(
      `Cannot read the rules in "${path}": ${instancePath || "the file"} ${message}${allowed}; ` +
        "deno task assert --schema prints how rules are written",
    );
  }
  for (const rule of value.rules) {
    if (!("pattern" in rule) || rule.pattern === undefined) continue;
    try {
      new RegExp(rule.pattern, "giu");
    } catch (error) {
      throw new SyntaxError(
        `Cannot read the rules in "${path}": pattern ${JSON.stringify(rule.pattern)}: ` +
          (error as Error).message,
      );
    }
  }
  return value.rules;
}
