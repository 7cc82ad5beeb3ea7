import { PunktParameters } from "./punkt_parameters.ts";

/** Punkt parameters as a few strings, small in a bundle and quick to read. */
export interface CompactParameters {
  /** One a line. */
  readonly abbrevTypes: string;
  /** One a line. */
  readonly sentStarters: string;
  /** One first type per line, and after it, after tabs, the types that follow it. */
  readonly collocations: string;
  /**
   * The types in order, each as: how many letters it shares with the one before it (`A` to `Z`), its
   * flags (`@` + flags / 2), the rest of its letters (none of them `A` to `Z`).
   */
  readonly orthoContext: string;
}

const LETTER_A = 65;
const MAX_SHARED = 25;
const FLAGS_BASE = 64;

/** Writes parameters compactly; the orthographic types must hold no capital letter. */
export function encodeParameters(parameters: PunktParameters): CompactParameters {
  const { abbrevTypes, sentStarters, collocations, orthoContext } = parameters;
  let ortho = "";
  let before = "";
  for (const [type, flags] of sorted(orthoContext)) {
    if (/[A-Z]/.test(type)) throw new RangeError(`Cannot encode the type "${type}": has a capital`);
    let shared = 0;
    while (shared < MAX_SHARED && shared < type.length && type[shared] === before[shared]) shared++;
    ortho += String.fromCharCode(LETTER_A + shared, FLAGS_BASE + flags / 2) + type.slice(shared);
    before = type;
  }
  return {
    abbrevTypes: [...abbrevTypes].sort().join("\n"),
    sentStarters: [...sentStarters].sort().join("\n"),
    collocations: sorted(collocations)
      .map(([first, seconds]) => [first, ...[...seconds].sort()].join("\t")).join("\n"),
    orthoContext: ortho,
  };
}

/** Reads what {@linkcode encodeParameters} wrote. */
export function decodeParameters(compact: CompactParameters): PunktParameters {
  const parameters = new PunktParameters();
  for (const type of lines(compact.abbrevTypes)) parameters.abbrevTypes.add(type);
  for (const type of lines(compact.sentStarters)) parameters.sentStarters.add(type);
  for (const line of lines(compact.collocations)) {
    const [first, ...seconds] = line.split("\t");
    for (const second of seconds) parameters.addCollocation(first!, second);
  }
  const { orthoContext } = compact;
  let type = "";
  for (let i = 0; i < orthoContext.length;) {
    const shared = orthoContext.charCodeAt(i) - LETTER_A;
    const flags = 2 * (orthoContext.charCodeAt(i + 1) - FLAGS_BASE);
    const start = i + 2;
    for (i = start; i < orthoContext.length; i++) {
      const code = orthoContext.charCodeAt(i);
      if (code >= LETTER_A && code <= LETTER_A + MAX_SHARED) break;
    }
    type = type.slice(0, shared) + orthoContext.slice(start, i);
    parameters.orthoContext.set(type, flags);
  }
  return parameters;
}

function sorted<Value>(map: ReadonlyMap<string, Value>): [string, Value][] {
  return [...map].sort(([a], [b]) => a < b ? -1 : a > b ? 1 : 0);
}

function lines(text: string): string[] {
  return text === "" ? [] : text.split("\n");
}
