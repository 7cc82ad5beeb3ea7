/// <reference lib="dom" />
import type { OptionValues } from "@heatword/core";
import type { Question } from "./protocol.ts";
import { firstState, type State } from "./state.ts";

/** A longer text is not put into a link. */
const LONGEST = 20_000;

async function through(bytes: Uint8Array, stream: CompressionStream | DecompressionStream) {
  const piped = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream().pipeThrough(stream);
  return new Uint8Array(await new Response(piped).arrayBuffer());
}

async function packText(text: string): Promise<string> {
  const packed = await through(
    new TextEncoder().encode(text),
    new CompressionStream("deflate-raw"),
  );
  const binary = Array.from(packed, (byte) => String.fromCharCode(byte)).join("");
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

async function unpackText(packed: string): Promise<string> {
  const binary = atob(packed.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  return new TextDecoder().decode(await through(bytes, new DecompressionStream("deflate-raw")));
}

function packQuestion({ explainer, target, options }: Question): string {
  const given = Object.entries(options).map(([name, value]) => `${name}=${value}`);
  return [explainer, target, ...given].join(" ");
}

function unpackQuestion(packed: string | null, fallback: Question): Question {
  if (packed === null) return fallback;
  const [explainer = "", target = "", ...given] = packed.split(" ");
  const options: OptionValues = Object.fromEntries(
    given.filter((pair) => pair.includes("=")).map((pair) => {
      const equals = pair.indexOf("=");
      return [pair.slice(0, equals), pair.slice(equals + 1)];
    }),
  );
  return { explainer: explainer || fallback.explainer, target: target || "predicted", options };
}

/**
 * Writes a state as the fragment of an address.
 *
 * @param state The state.
 * @returns The fragment without `#`; the text is compressed, an article is named.
 */
export async function packState(state: State): Promise<string> {
  const { text, article, deleted, questions, compare, direction } = state;
  const fields = new URLSearchParams();
  if (article) fields.set("article", `${article.corpus}/${article.id}`);
  else if (text !== "" && text.length <= LONGEST) fields.set("text", await packText(text));
  fields.set("left", packQuestion(questions[0]));
  if (compare) fields.set("right", packQuestion(questions[1]));
  if (deleted.length > 0) fields.set("deleted", deleted.map((n) => n.toString(36)).join("."));
  if (direction < 0) fields.set("against", "1");
  return fields.toString();
}

/** A state as a link tells it; the text of an article must be fetched. */
export interface Linked {
  /** The state; without a text where there is an article. */
  readonly state: State;
  /** The article, as `corpus/group/number`. */
  readonly article?: string;
}

/**
 * Reads the fragment of an address.
 *
 * @param fragment The fragment, with or without `#`.
 * @returns The state, or undefined if the fragment is none that {@linkcode packState} wrote.
 */
export async function unpackState(fragment: string): Promise<Linked | undefined> {
  const fields = new URLSearchParams(fragment.replace(/^#/, ""));
  if (!fields.has("left")) return undefined;
  const article = fields.get("article") ?? undefined;
  let text = "";
  try {
    text = await unpackText(fields.get("text") ?? "AwA");
  } catch {
    // A link that was cut off still tells the rest.
  }
  const deleted = (fields.get("deleted") ?? "").split(".").filter((part) => part !== "")
    .map((part) => parseInt(part, 36)).filter((place) => Number.isSafeInteger(place) && place >= 0);
  const state: State = {
    text,
    deleted: [...new Set(deleted)].sort((a, b) => a - b),
    questions: [
      unpackQuestion(fields.get("left"), firstState.questions[0]),
      unpackQuestion(fields.get("right"), firstState.questions[1]),
    ],
    compare: fields.has("right"),
    direction: fields.has("against") ? -1 : 1,
  };
  return { state, ...(article !== undefined && { article }) };
}
