import { type OnProgress, Random } from "@heatword/core";
import { findData, preprocess } from "@heatword/datasets";
import { findPunktParameters } from "@heatword/datasets/nltk";
import { type LabelledText, readLabelled, splitLabelled } from "@heatword/datasets/tables";
import { type CompactDocument, type Corpus, readNewsgroups } from "./corpus.ts";
import { isNewsgroupsFolder, TEST_SHARE } from "./labelled_corpus.ts";
import type { Settings } from "../../apps/evaluate/_settings.ts";

/** How many rows that cannot be used are told one by one. */
const TOLD = 10;

/** Leaves out texts of classes that the model does not know, and says so. */
function knownTexts(
  rows: readonly LabelledText[],
  classes: readonly string[],
  say: (line: string) => void,
): LabelledText[] {
  const known = rows.filter(({ label }) => classes.includes(label));
  const unknown = new Set(rows.map(({ label }) => label).filter((name) => !classes.includes(name)));
  if (known.length === 0) {
    throw new RangeError(
      `The model knows none of the classes of these texts ("${[...unknown][0]}", …); ` +
        `it knows ${classes.slice(0, 20).map((name) => `"${name}"`).join(", ")}`,
    );
  }
  if (unknown.size > 0) {
    const names = [...unknown].slice(0, TOLD).map((name) => `"${name}"`).join(", ");
    say(`left out ${rows.length - known.length} texts of classes unknown to the model: ${names}`);
  }
  return known;
}

async function readTable(
  path: string,
  settings: Settings,
  classes: readonly string[],
  onProgress: OnProgress,
  say: (line: string) => void,
): Promise<Corpus> {
  const { rows, bad } = await readLabelled(path, { ...settings.columns, onProgress });
  for (const { place, problem } of bad.slice(0, TOLD)) say(`left out ${place}: ${problem}`);
  if (bad.length > TOLD) say(`left out ${bad.length - TOLD} more`);
  const random = new Random(settings.seed);
  const part = settings.testPart
    ? splitLabelled(rows, { heldOut: 0, test: TEST_SHARE, random }).test
    : rows;
  const texts = knownTexts(part, classes, say);
  const parameters = await findPunktParameters();
  const test = texts.map(({ id, text, label }): CompactDocument => {
    const { tokens } = preprocess(text, { parameters });
    return {
      id,
      label: classes.indexOf(label),
      words: tokens.map((token) => token.text).join(" "),
      length: tokens.length,
    };
  });
  const byId = new Map(texts.map((text) => [text.id, text]));
  return {
    name: `"${path.split("/").at(-1)}"`,
    preparation:
      "Texts are tokenized as NLTK 3.1 does (Punkt, then Treebank); tokens of letters, " +
      "apostrophe, hyphen and dot are kept, the first 400 of each text.",
    notices: [],
    comparable: false,
    classes,
    train: [],
    test,
    categories: { names: classes, of: classes.map((_, c) => c), rest: "" },
    original(id) {
      const { text, label } = byId.get(id)!;
      return preprocess(text, { parameters, id, label });
    },
  };
}

/**
 * Reads the texts to evaluate on.
 *
 * @param settings Where they are.
 * @param classes The classes of the model.
 * @param onProgress Told how far it is.
 * @param say Told what was left out.
 * @throws {Deno.errors.NotFound} If there are none.
 * @throws {RangeError} If the model knows none of their classes.
 * @throws {SyntaxError} If they cannot be read.
 */
export async function readTexts(
  settings: Settings,
  classes: readonly string[],
  onProgress: OnProgress,
  say: (line: string) => void,
): Promise<Corpus> {
  const path = findData(settings.data);
  if (!await isNewsgroupsFolder(path)) {
    return await readTable(path, settings, classes, onProgress, say);
  }
  const corpus = await readNewsgroups(path, onProgress);
  if (corpus.classes.join() !== classes.join()) {
    throw new RangeError(
      "The model does not have the twenty newsgroups as its classes, in their order: " +
        "give the texts that it is for with --data",
    );
  }
  return { ...corpus, comparable: false };
}
