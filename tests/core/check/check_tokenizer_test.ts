import {
  defineTokenizer,
  type Token,
  type TokenizedText,
  type Tokenizer,
  tokenizers,
} from "@heatword/core";
import { checkTokenizer, tokenizerCard } from "@heatword/core/check";
import "@heatword/datasets/tokenizers";
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";

const failuresOf = async (tokenizer: Tokenizer) =>
  (await checkTokenizer(tokenizer)).results.filter(({ status }) => status === "failed");

for (const tokenizer of tokenizers.list()) {
  Deno.test(`checkTokenizer() finds nothing wrong with ${tokenizer.name}`, async () => {
    assertEquals(await failuresOf(tokenizer), []);
  });
}

const words = (text: string) =>
  [...text.matchAll(/\S+/gu)].map(({ 0: word, index }) => ({
    text: word,
    start: index,
    end: index + word.length,
  }));

/** A tokenizer that does something else to what blanks separate. */
const made = (tokenize: (text: string) => TokenizedText) =>
  defineTokenizer({ name: "made", description: "Made for a test", options: {}, tokenize });

let calls = 0;

/** For each check tokenizers that break it, with what is said of them. */
const broken: Record<string, [tokenizer: Tokenizer, said: RegExp][]> = {
  "is well formed, and opens with its default options": [
    [{ ...made(() => ({ tokens: [] })), name: "Not A Name" }, /"name" takes a-z/],
    [{
      ...made(() => ({ tokens: [] })),
      open: () => {
        throw new Error("no tables today");
      },
    }, /no tables today/],
    [{ ...made(() => ({ tokens: [] })), open: () => undefined as never }, /gives no function/],
  ],
  "gives words in order, in the text and apart from each other": [
    [made((text) => ({ tokens: words(text).reverse() })), /but the one before it ends/],
    [
      made((text) => ({ tokens: words(text).map((word) => ({ ...word, end: word.end + 1 })) })),
      /outside of the text|but the one before/,
    ],
    [
      made((text) => ({ tokens: [...words(text), { text: "x", start: 0, end: 0 }] })),
      /which is empty/,
    ],
    [
      made((text) => ({
        tokens: words(text).map(({ start, end }) => ({ start, end })) as Token[],
      })),
      /word 0 has no text/,
    ],
    [made(() => ({}) as TokenizedText), /"tokens" is not an array/],
    [
      made((text) => {
        if (/\ud83d(?![\udc00-\udfff])/.test(text)) throw new URIError("URI malformed");
        return { tokens: words(text) };
      }),
      /URI malformed, in a text with lone surrogates/,
    ],
  ],
  "says all that it leaves out, or leaves it to be found": [
    [
      made((text) => ({ tokens: words(text).slice(1), unseen: [] })),
      /"The" is neither a word nor unseen, in a text that is plain/,
    ],
    [
      made((text) => ({
        tokens: words(text),
        unseen: words(text).map(({ start, end }) => ({ start, end, reason: "filtered" })),
      })),
      /is both a word and unseen/,
    ],
    [
      made((text) => ({
        tokens: [],
        unseen: words(text).map(({ start, end }) => ({ start, end, reason: "dull" as "filtered" })),
      })),
      /the reason "dull"/,
    ],
  ],
  "gives each word the place where it stands": [
    [
      // Counts from after the first character of each word.
      made((text) => ({
        tokens: words(text).map((word, i) => ({
          ...word,
          start: i === 0 ? word.start : word.start - 1,
          end: word.end - 1,
        })).filter(({ start, end }) => start < end),
      })),
      /the place of the word "The", 0 to 2, holds "Th"/,
    ],
    [
      made((text) => ({
        tokens: words(text).map((word, i) => i === 0 ? word : { ...word, start: word.start - 1 }),
      })),
      /the place of the word "ride", 3 to 8, holds " ride"/,
    ],
  ],
  "cuts no character in two": [[
    made((text) => ({
      tokens: Array.from({ length: text.length }, (_, start) => ({
        text: text[start]!,
        start,
        end: start + 1,
      })),
    })),
    /in the middle of a character, in a text with emoji/,
  ]],
  "cuts a text the same way each time": [
    [
      made((text) => ({ tokens: words(text).slice(0, 1 + calls++ % 7) })),
      /is cut in another way/,
    ],
    [
      {
        ...made(() => ({ tokens: [] })),
        open: () => {
          const max = 1 + calls++ % 2;
          return (text) => ({ tokens: words(text).slice(0, max) });
        },
      },
      /when opened anew/,
    ],
  ],
  "takes texts of 100,000 characters": [[
    made((text) => {
      if (text.length > 50_000) throw new RangeError("Maximum call stack size exceeded");
      return { tokens: words(text) };
    }),
    /call stack size exceeded, in a text of 100,000 characters/,
  ]],
  "takes every choice and the least value of its options": [[
    defineTokenizer({
      name: "made",
      description: "Made for a test",
      options: {
        side: { type: "choice", choices: ["left", "right"], default: "left", description: "Side" },
      },
      open({ side }) {
        if (side === "right") throw new Error("right is not done yet");
        return (text) => ({ tokens: words(text) });
      },
    }) as unknown as Tokenizer,
    /right is not done yet, with option side=right/,
  ]],
};

for (const [name, tokenizersThatFail] of Object.entries(broken)) {
  Deno.test(`checkTokenizer() catches one that does not: ${name}`, async () => {
    for (const [tokenizer, said] of tokenizersThatFail) {
      const failure = (await failuresOf(tokenizer)).find((result) => result.name === name);
      assert(failure, `${said} is not caught`);
      assertMatch(failure.detail!, said);
    }
  });
}

Deno.test("there is a broken tokenizer for every check", async () => {
  const { results } = await checkTokenizer(tokenizers.get("whitespace"));
  assertEquals(results.map(({ name }) => name), Object.keys(broken));
});

Deno.test("a tokenizer may rewrite words, and leave some out", async () => {
  const rewriting = made((text) => ({
    tokens: words(text).map((word) => ({ ...word, text: word.text.toUpperCase() }))
      .filter((_, i) => i % 2 === 0),
  }));
  assertEquals((await failuresOf(rewriting)).map(({ name }) => name), []);
});

Deno.test("a tokenizer may give empty words where two separators meet", async () => {
  const split = made((text) => {
    let start = 0;
    const tokens = text.split(" ").map((word) => {
      const token = { text: word, start, end: start + word.length };
      start = token.end + 1;
      return token;
    });
    return { tokens };
  });
  assertEquals(await failuresOf(split), []);
});

Deno.test("the card of a tokenizer tells options and checks", async () => {
  const tokenizer = broken["takes every choice and the least value of its options"]![0]![0];
  const card = tokenizerCard(await checkTokenizer(tokenizer, { texts: ["one of my own"] }));
  assertStringIncludes(card, "made: does not conform");
  assertStringIncludes(card, "side=left: Side (one of left, right)");
  assertMatch(card, /✗ takes every choice.*: right is not done yet/);
  assertMatch(card, /7 passed, 1 failed, 0 skipped$/);
});

Deno.test("checkTokenizer() tries texts that are given, and passes resources on", async () => {
  const given: unknown[] = [];
  const picky = {
    ...made(() => ({ tokens: [] })),
    open: (_: unknown, resources: unknown) => {
      given.push(resources);
      return (text: string) => {
        if (text === "abracadabra") throw new Error("not that word");
        return { tokens: words(text) };
      };
    },
  } as Tokenizer;
  const { results } = await checkTokenizer(picky, {
    texts: ["abracadabra"],
    resources: { data: "/srv" },
  });
  const details = results.flatMap(({ detail }) => detail ?? []);
  assert(details.some((detail) => detail === "not that word, in a text that was given (1)"));
  assertEquals(given[0], { data: "/srv" });
});
