import { maybeGunzip } from "@heatword/datasets/archives";
import { loadNewsgroups } from "@heatword/datasets/newsgroups";
import { dataFile, dataFolder, fixturesFolder, lacksCorpus, lacksFixtures } from "../../_skip.ts";

/** The folder of NLTK 3.1's own answers. */
const FIXTURES = `${fixturesFolder}/nltk31`;

/** Why NLTK's answers, its parameters or the corpus are not here; undefined for each that is. */
export const lacks = {
  fixtures: lacksFixtures("nltk31"),
  parameters: dataFile("punkt/english").lacks,
  corpus: lacksCorpus,
};

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
  const { train, test } = await loadNewsgroups(dataFolder);
  return new Map(
    [...train, ...test].map(({ split, id, text }) => [`20news-bydate-${split}/${id}`, text]),
  );
}
