import {
  PunktParameters,
  sentTokenize,
  spanTokenize,
  TreebankWordTokenizer,
  wordTokenize,
} from "@heatword/datasets/nltk";
import { assertEquals } from "@std/assert";

Deno.test("sentTokenize() and wordTokenize() handle empty and blank text", () => {
  assertEquals(sentTokenize(""), []);
  assertEquals(sentTokenize(" "), [" "]);
  assertEquals(sentTokenize("\n\n"), ["\n\n"]);
  assertEquals(wordTokenize(""), []);
  assertEquals(wordTokenize(" \n "), []);
  assertEquals(spanTokenize("\t"), []);
});

Deno.test("sentTokenize() keeps white space at both ends of the text only", () => {
  assertEquals(sentTokenize("  One.\n\nTwo. \n"), ["  One.", "Two. \n"]);
});

Deno.test("sentTokenize() moves closing marks to the sentence they close", () => {
  assertEquals(sentTokenize('"Go!" (He went.) She stayed.'), [
    '"Go!"',
    "(He went.)",
    "She stayed.",
  ]);
});

Deno.test("sentTokenize() takes a run of end marks that stands alone for one break", () => {
  assertEquals(sentTokenize("be prepared ??\nYes"), ["be prepared ??", "Yes"]);
});

Deno.test("sentTokenize() keeps abbreviations, initials and ordinals together", () => {
  const parameters = new PunktParameters();
  parameters.abbrevTypes.add("mr");
  const text = "Mr. Smith met J. Bach. on the 5. floor";
  assertEquals(sentTokenize(text, parameters), ["Mr. Smith met J. Bach.", "on the 5. floor"]);
});

Deno.test("wordTokenize() knows NLTK 3.1's rules and none that came later", () => {
  const words = (text: string) => wordTokenize(text).join(" | ");
  assertEquals(words("`one' \u2018two\u2019 \u00ab"), "`one | ' | \u2018two\u2019 | \u00ab");
  assertEquals(words("'hello' *bold* .. ...."), "'hello | ' | *bold* | .. | ... | .");
  assertEquals(words("('' x)"), "( | '' | x | )");
  assertEquals(words("wanna more'n mor'n"), "wan | na | more'n | mor | 'n");
});

Deno.test("wordTokenize() treats U+001C and U+0085 as white space, and U+FEFF not", () => {
  assertEquals(wordTokenize("a\x1cb\x85c\ufeffd\u180ee"), ["a", "b", "c\ufeffd\u180ee"]);
});

Deno.test("wordTokenize() keeps the carriage returns of Windows and old Macs out of the words", () => {
  assertEquals(wordTokenize("One.\r\nTwo.\rThree"), ["One", ".", "Two", ".", "Three"]);
});

Deno.test("spanTokenize() gives offsets in UTF-16 code units", () => {
  assertEquals(spanTokenize('\u{1f600}! "no"').map(({ text, start, end }) => [text, start, end]), [
    ["\u{1f600}", 0, 2],
    ["!", 2, 3],
    ["``", 4, 5],
    ["no", 5, 7],
    ["''", 7, 8],
  ]);
});

Deno.test("spanTokenize() tells quotes that were rewritten from those that were written", () => {
  assertEquals(spanTokenize("``a'' \"b\"").map(({ start, end }) => end - start), [
    2,
    1,
    2,
    1,
    1,
    1,
  ]);
});

Deno.test("TreebankWordTokenizer takes its text for one sentence", () => {
  const tokenizer = new TreebankWordTokenizer();
  assertEquals(tokenizer.tokenize("One. Two."), ["One.", "Two", "."]);
  assertEquals(tokenizer.spanTokenize("Hi.").map(({ start, end }) => [start, end]), [[0, 2], [
    2,
    3,
  ]]);
  assertEquals(tokenizer.tokenize(""), []);
});
