/**
 * Trains Punkt on the train split of the 20Newsgroups corpus and writes `_english.ts`:
 *
 *     deno task punkt [DATA]
 *
 * @module
 */
import { findData } from "../folders.ts";
import { loadNewsgroups } from "../newsgroups/mod.ts";
import { encodeParameters } from "./_compact.ts";
import { readPunktText } from "./_punkt_text.ts";
import { Ortho, type PunktParameters } from "./punkt_parameters.ts";
import { PunktTrainer, type PunktTrainerOptions } from "./punkt_trainer.ts";

/**
 * Chosen on a fifth of the train split, trained on the rest, by agreement with NLTK's own English
 * parameters. In these posts `mr` and `etc` stand without a full stop so often that with NLTK's defaults
 * the penalty for it hides them; words seen once before a full stop are seldom abbreviations; and the
 * weaker sentence starters are names from signatures.
 */
const OPTIONS: PunktTrainerOptions = {
  ignoreAbbrevPenalty: true,
  abbrev: 3,
  abbrevBackoff: 0,
  sentStarter: 100,
};

/** Orthographic contexts of rarer types are left out. */
const MIN_COUNT = 3;

/** Length of the strings that a long one is cut into. */
const PIECE = 4000;

/** Leaves out the types that are rare, are not words, or were never seen in lower case. */
function prune(parameters: PunktParameters, text: string): void {
  const counts = new Map<string, number>();
  const { words, ids } = readPunktText(text);
  for (const id of ids) {
    const type = words[id]!.typeNoPeriod;
    counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  for (const [type, flags] of parameters.orthoContext) {
    // A type never seen in lower case decides nothing: it is like one never seen at all.
    const decides = (flags & Ortho.LC) !== 0 && /^[a-z'.-]+$/.test(type);
    const count = counts.get(type.replace(/\.$/, "")) ?? 0;
    if (!decides || count < MIN_COUNT) parameters.orthoContext.delete(type);
  }
}

function source(parameters: PunktParameters): string {
  const compact = encodeParameters(parameters);
  const pieces: string[] = [];
  for (let i = 0; i < compact.orthoContext.length; i += PIECE) {
    pieces.push(compact.orthoContext.slice(i, i + PIECE));
  }
  return `// Written by _generate_english.ts; do not edit.
import type { CompactParameters } from "./_compact.ts";

/** Punkt's parameters for English, trained on the train split of the 20Newsgroups corpus. */
export const ENGLISH: CompactParameters = {
  abbrevTypes:
    ${JSON.stringify(compact.abbrevTypes)},
  sentStarters:
    ${JSON.stringify(compact.sentStarters)},
  collocations:
    ${JSON.stringify(compact.collocations)},
  orthoContext: [
${pieces.map((piece) => `    ${JSON.stringify(piece)},\n`).join("")}  ].join(""),
};
`;
}

if (import.meta.main) {
  const { train } = await loadNewsgroups(findData(Deno.args[0]));
  console.error(`Training Punkt on ${train.length} articles`);
  const text = train.map((article) => article.text).join("\n\n");
  const parameters = new PunktTrainer(text, OPTIONS).getParams();
  prune(parameters, text);
  const file = new URL("_english.ts", import.meta.url);
  const temporary = new URL("_english.ts.tmp", import.meta.url);
  await Deno.writeTextFile(temporary, source(parameters));
  await Deno.rename(temporary, file);
  const { abbrevTypes, sentStarters, orthoContext } = parameters;
  console.error(
    `Wrote ${abbrevTypes.size} abbreviations, ${sentStarters.size} sentence starters and ` +
      `${orthoContext.size} orthographic contexts to "${file.pathname}"`,
  );
}
