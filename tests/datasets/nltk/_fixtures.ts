import { maybeGunzip } from "@heatword/datasets/archives";
import { hasNewsgroups, loadNewsgroups } from "@heatword/datasets/newsgroups";
import { environmentVariable } from "@heatword/core/permissions";
import { permitted } from "../../_permitted.ts";

/** The folder of NLTK 3.1's own answers. */
const FIXTURES = `${environmentVariable("HEATWORD_FIXTURES") || "../shared/fixtures"}/nltk31`;
/** The data folder, which holds the corpus and NLTK's parameters. */
export const DATA = environmentVariable("HEATWORD_DATA") || "../shared/data";

function exists(path: string): boolean {
  try {
    return permitted("read") && Deno.statSync(path) !== undefined;
  } catch {
    return false;
  }
}

/** Whether the fixtures, NLTK's parameters and the corpus are missing; says so. */
export const missing = {
  fixtures: !exists(FIXTURES),
  parameters: !exists(`${DATA}/punkt/english`),
  corpus: !(permitted("read") && hasNewsgroups(DATA)),
};
if (missing.fixtures) console.log(`No answers of NLTK in "${FIXTURES}": their tests are left out`);
if (missing.parameters) console.log(`No punkt/english in "${DATA}": its tests are left out`);
if (missing.corpus) console.log(`No 20Newsgroups corpus in "${DATA}": its tests are left out`);

/** What NLTK 3.1 made of a text. */
export interface Answer {
  readonly sentences: string[];
  readonly tokens: string[];
}

/** NLTK's answers for awkward strings. */
export function readCases(): (Answer & { text: string })[] {
  return JSON.parse(Deno.readTextFileSync(`${FIXTURES}/cases.json`)).cases;
}

/** NLTK's answers for articles of the corpus. */
export async function readAnswers(): Promise<(Answer & { file: string })[]> {
  const bytes = await Array.fromAsync(
    maybeGunzip([Deno.readFileSync(`${FIXTURES}/tokens.jsonl.gz`)]),
  );
  const lines = (await new Blob(bytes as BlobPart[]).text()).split("\n");
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line));
}

/** What NLTK's trainer learned from articles of the corpus. */
export function readTraining(): {
  files: string[];
  joined_by: string;
  abbrev_types: string[];
  collocations: [string, string][];
  sent_starters: string[];
  ortho_context: Record<string, number>;
} {
  return JSON.parse(Deno.readTextFileSync(`${FIXTURES}/punkt_training.json`));
}

/** The texts of the corpus, headers removed, by the path of their file. */
export async function readCorpus(): Promise<Map<string, string>> {
  const { train, test } = await loadNewsgroups(DATA);
  return new Map(
    [...train, ...test].map(({ split, id, text }) => [`20news-bydate-${split}/${id}`, text]),
  );
}
