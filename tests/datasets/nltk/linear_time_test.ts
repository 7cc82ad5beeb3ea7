import { PunktTrainer, spanTokenize } from "@heatword/datasets/nltk";
import { assert, assertEquals } from "@std/assert";

/** Patterns that make regular expressions backtrack. */
const PATTERNS = [
  ...[".", '"', "'", "`", "a", "A", "5", "-", ",", ":", ">", "(", ")", "?", "!", " ", "\n", "_"],
  ...[". ", ".)", ".'", "a.", "a. ", "5.", "5,", "a.)", '."', "?)", "u.s. ", "J. ", "... ", " ."],
  ...[
    "''a",
    "'s",
    "n't",
    "cannot",
    "cannot ",
    "'tis",
    ")'",
    '("',
    '``"',
    "--.",
    ",-",
    "\ud800",
    "é",
  ],
];

/** Characters that are looked at while `act` runs. */
function work(act: () => void): number {
  let count = 0;
  const undo: (() => void)[] = [];
  const watch = <Prototype extends object>(
    prototype: Prototype,
    name: keyof Prototype & string,
    cost: (self: unknown, args: unknown[], result: unknown) => number,
  ) => {
    const original = prototype[name] as (...args: unknown[]) => unknown;
    const watched = function (this: unknown, ...args: unknown[]) {
      const result = original.apply(this, args);
      count += cost(this, args, result);
      return result;
    };
    prototype[name] = watched as Prototype[typeof name];
    undo.push(() => prototype[name] = original as Prototype[typeof name]);
  };
  const text = (value: unknown) => String(value).length;
  watch(String.prototype, "charCodeAt", () => 1);
  watch(String.prototype, "codePointAt", () => 1);
  watch(String.prototype, "slice", (_, __, result) => text(result));
  watch(String.prototype, "toLowerCase", (self) => text(self));
  watch(String.prototype, "lastIndexOf", (self) => text(self));
  watch(String.prototype, "split", (self) => text(self));
  watch(RegExp.prototype, "test", (_, [input]) => text(input));
  try {
    act();
  } finally {
    undo.forEach((restore) => restore());
  }
  return count;
}

const SIZE = 2 ** 14;

Deno.test("spanTokenize() does work in proportion to the length of the text", () => {
  spanTokenize("Read the parameters.");
  for (const pattern of PATTERNS) {
    const perCharacter = (size: number) => {
      const text = pattern.repeat(size / pattern.length);
      return work(() => spanTokenize(text)) / size;
    };
    const [small, large] = [perCharacter(SIZE), perCharacter(4 * SIZE)];
    assert(large < 40, `${JSON.stringify(pattern)}: ${large} looks a character`);
    assert(large < 1.1 * small + 1, `${JSON.stringify(pattern)}: from ${small} to ${large} looks`);
  }
});

Deno.test("PunktTrainer does work in proportion to the length of the text", () => {
  for (const pattern of PATTERNS) {
    const perCharacter = (size: number) => {
      const text = pattern.repeat(size / pattern.length);
      return work(() => new PunktTrainer(text).getParams()) / size;
    };
    const [small, large] = [perCharacter(SIZE), perCharacter(4 * SIZE)];
    assert(large < 60, `${JSON.stringify(pattern)}: ${large} looks a character`);
    assert(large < 1.1 * small + 1, `${JSON.stringify(pattern)}: from ${small} to ${large} looks`);
  }
});

Deno.test("spanTokenize() tokenizes a megabyte of any one character", () => {
  const size = 2 ** 20;
  for (const pattern of PATTERNS.filter(({ length }) => length === 1)) {
    const text = pattern.repeat(size);
    const tokens = spanTokenize(text);
    const kept = tokens.reduce((sum, { start, end }) => sum + end - start, 0);
    assertEquals(kept, text.replace(/\s/g, "").length);
  }
});
