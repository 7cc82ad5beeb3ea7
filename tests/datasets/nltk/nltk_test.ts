import { isWord } from "@heatword/datasets";
import {
  findPunktParameters,
  readPunktTab,
  sentTokenize,
  wordTokenize,
} from "@heatword/datasets/nltk";
import { assertEquals } from "@std/assert";
import { dataFolder, firstReason, testWith } from "../../_skip.ts";
import { lacks, readAnswers, readCases, readCorpus } from "./_fixtures.ts";

testWith(
  firstReason(lacks.fixtures, lacks.parameters),
  "sentTokenize() and wordTokenize() give NLTK's answers for awkward strings",
  async () => {
    const parameters = await findPunktParameters(dataFolder);
    for (const { text, sentences, tokens } of readCases()) {
      assertEquals(sentTokenize(text, parameters), sentences);
      assertEquals(wordTokenize(text, parameters), tokens);
    }
  },
);

testWith(
  firstReason(lacks.fixtures, lacks.parameters, lacks.corpus),
  "sentTokenize() and wordTokenize() give NLTK's answers for real articles",
  async () => {
    const parameters = await readPunktTab(`${dataFolder}/punkt/english`);
    const corpus = await readCorpus();
    const answers = await readAnswers();
    for (const { file, sentences, tokens } of answers) {
      const text = corpus.get(file)!;
      assertEquals(sentTokenize(text, parameters), sentences, file);
      assertEquals(wordTokenize(text, parameters), tokens, file);
    }
    // NLTK's totals over all articles of the corpus.
    const counts = { sentences: 0, tokens: 0, longTestDocuments: 0 };
    for (const [file, text] of corpus) {
      const tokens = wordTokenize(text, parameters);
      counts.sentences += sentTokenize(text, parameters).length;
      counts.tokens += tokens.length;
      const isLong = tokens.filter(isWord).length >= 100;
      if (isLong && file.startsWith("20news-bydate-test/")) counts.longTestDocuments++;
    }
    assertEquals(counts, { sentences: 297_112, tokens: 6_877_951, longTestDocuments: 4_963 });
  },
);
