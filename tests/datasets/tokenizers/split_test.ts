import { assertEquals, assertRejects } from "@std/assert";
import { tokensOf, wordsOf } from "./_tokenize.ts";

Deno.test("tokenizer split cleans texts as pages in JavaScript do", async () => {
  // By the functions of the language that such pages call.
  const pages: [options: Record<string, string | boolean>, page: (text: string) => string[]][] = [
    [
      { keep: "a-z0-9\\s", replaceBy: "", emptyWords: "keep" },
      (text) => text.toLowerCase().replace(/[^a-z0-9\s]/g, "").split(/\s+/),
    ],
    [
      { trim: true, keep: "a-z0-9_\\s", separator: " ", emptyWords: "keep" },
      (text) => text.trim().toLowerCase().replace(/[^\w\s]/g, " ").split(" "),
    ],
    [
      { trim: true, separator: " ", emptyWords: "keep" },
      (text) => text.trim().toLowerCase().split(" "),
    ],
    [
      { filters: ".,!?", replaceBy: "", lower: false },
      (text) => text.replace(/[.,!?]/g, "").split(/\s+/).filter((word) => word !== ""),
    ],
    [
      { keep: "\\p{L}\\s", replaceBy: "-", separator: "-" },
      (text) => text.toLowerCase().replace(/[^\p{L}\s]/gu, "-").split("-").filter(Boolean),
    ],
  ];
  const texts = [
    "",
    "   ",
    " Hello,  World! ",
    "cash$$$prize!!!",
    "nice 👍 video",
    "one\ntwo\tthree",
    "!!!",
    "été à",
    "don't",
    "a - b",
    "x.",
  ];
  for (const [options, page] of pages) {
    for (const text of texts) {
      assertEquals(
        await wordsOf("split", text, options),
        page(text),
        JSON.stringify([text, options]),
      );
    }
  }
});

Deno.test("tokenizer split keeps the places of words from which characters are deleted", async () => {
  const options = { keep: "a-z\\s", replaceBy: "", emptyWords: "keep" } as const;
  const text = "Don't! (Stop) …";
  const tokens = await tokensOf("split", text, options);
  assertEquals(tokens.map((token) => [token.text, text.slice(token.start, token.end)]), [
    ["dont", "Don't"],
    ["stop", "Stop"],
    ["", ""],
  ]);
});

Deno.test("tokenizer split refuses what is not a class of characters", async () => {
  for (const keep of ["a]b", "[a", "z-a", "\\p{no}"]) {
    await assertRejects(() => wordsOf("split", "a", { keep }), RangeError, `"keep" of tokenizer`);
  }
});
