import {
  PunktSentenceTokenizer,
  sentTokenize,
  spanTokenize,
  TreebankWordTokenizer,
  wordTokenize,
} from "@heatword/datasets/nltk";
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { BLANKS } from "./_reference.ts";
import { anyText, trickyText } from "./_texts.ts";

const SPACE = new RegExp(`[${BLANKS}]+`, "g");
const text = fc.oneof(trickyText, anyText);
const OPTIONS = { numRuns: 3000 };

Deno.test("spanTokenize() gives spans in order that do not overlap", () => {
  fc.assert(
    fc.property(text, (text) => {
      let last = 0;
      for (const { start, end } of spanTokenize(text)) {
        assert(last <= start && start < end && end <= text.length);
        last = end;
      }
    }),
    OPTIONS,
  );
});

Deno.test("spanTokenize() gives spans that slice back to the tokens, but for rewritten quotes", () => {
  fc.assert(
    fc.property(text, (text) => {
      for (const token of spanTokenize(text)) {
        const raw = text.slice(token.start, token.end);
        if (raw === '"') assert(token.text === "``" || token.text === "''");
        else assertEquals(token.text, raw);
      }
    }),
    OPTIONS,
  );
});

Deno.test("spanTokenize() loses no character other than white space", () => {
  fc.assert(
    fc.property(text, (text) => {
      const kept = spanTokenize(text).map(({ start, end }) => text.slice(start, end)).join("");
      assertEquals(kept, text.replace(SPACE, ""));
    }),
    OPTIONS,
  );
});

Deno.test("sentTokenize() loses no character other than white space", () => {
  fc.assert(
    fc.property(text, (text) => {
      assertEquals(sentTokenize(text).join("").replace(SPACE, ""), text.replace(SPACE, ""));
    }),
    OPTIONS,
  );
});

Deno.test("wordTokenize(), spanTokenize() and the classes give the same tokens", () => {
  const treebank = new TreebankWordTokenizer();
  const punkt = new PunktSentenceTokenizer();
  fc.assert(
    fc.property(text, (text) => {
      const tokens = wordTokenize(text);
      assertEquals(spanTokenize(text).map((token) => token.text), tokens);
      assertEquals(punkt.tokenize(text).flatMap((sentence) => treebank.tokenize(sentence)), tokens);
      assertEquals(punkt.spanTokenize(text).map((span) => text.slice(...span)), sentTokenize(text));
    }),
    OPTIONS,
  );
});
