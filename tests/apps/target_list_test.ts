import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { contrastOf, targetName } from "@heatword/eval/explanations";
import { UsageError } from "../../apps/cli/usage_error.ts";
import { checkTarget, resolveTargets } from "@heatword/eval/explanations";
import { splitTargets } from "../../apps/cli/target_list.ts";

/** What `--target` with these values explains in a text with these scores. */
function meant(given: readonly string[], classes: readonly string[], scores: readonly number[]) {
  return resolveTargets(splitTargets(given, classes), classes, Float64Array.from(scores))
    .map(({ target }) => typeof target === "number" ? target : [target.of, target.against]);
}

const odd = ["predicted", "all", "x-vs-y", "a, b", " sp ", "<b>&\"'", "__proto__", "10", "2"];
const rising = odd.map((_, c) => c);

Deno.test("--target takes any name of a class, whole names first", () => {
  const cases: [string[], unknown[]][] = [
    ...odd.map((name, c): [string[], unknown[]] => [[name], [c]]),
    ...odd.map((name, c): [string[], unknown[]] => [[JSON.stringify(name)], [c]]),
    [[], [8]],
    [["@predicted"], [8]],
    [["runner-up"], [7]],
    [["@@runner-up"], [7]],
    [["@all"], rising],
    [["x-vs-y-vs-10"], [[2, 7]]],
    [["10-vs-x-vs-y"], [[7, 2]]],
    [["a, b-vs- sp "], [[3, 4]]],
    [["@predicted-vs-predicted"], [[8, 0]]],
    [['"a, b"-vs-runner-up'], [[3, 7]]],
    [["a, b,10"], [3, 7]],
    [["10,a, b, 2, sp "], [7, 3, 8, 4]],
    [[" 10 , 2 "], [7, 8]],
    [['"a, b",x-vs-y-vs-10,@all'], [3, [2, 7], 0, 1, 2, 4, 5, 6, 7, 8]],
    [["10", "a, b", "10"], [7, 3]],
  ];
  for (const [given, expected] of cases) {
    const found = meant(given, odd, rising);
    assertEquals(new Set(found), new Set(expected), JSON.stringify(given));
    if (!given.join().includes("@all")) assertEquals(found, expected, JSON.stringify(given));
  }
});

Deno.test("the words for classes of the text are words where no class is so called", () => {
  const classes = ["a", "b", "c"];
  const scores = [1, 3, 2];
  assertEquals(meant([], classes, scores), [1]);
  assertEquals(meant(["predicted,runner-up"], classes, scores), [1, 2]);
  assertEquals(meant(["all"], classes, scores), [0, 1, 2]);
  assertEquals(meant(["predicted-vs-runner-up, a"], classes, scores), [[1, 2], 0]);
  // Not known to be the same class until there is a text.
  assertEquals(meant(["predicted-vs-a"], classes, scores), [[1, 0]]);
  assertThrows(
    () => meant(["predicted-vs-b"], classes, scores),
    RangeError,
    'Cannot contrast class "b" with itself',
  );
});

Deno.test("--target that can mean two things names both, and takes what it says", () => {
  const contrasts = ["a", "b-vs-c", "a-vs-b", "c"];
  assertThrows(
    () => splitTargets(["a-vs-b-vs-c"], contrasts),
    RangeError,
    'Target "a-vs-b-vs-c" can mean more than one thing: write ' +
      '--target "a"-vs-"b-vs-c" or --target "a-vs-b"-vs-"c"',
  );
  const scores = [1, 2, 4, 8];
  assertEquals(meant(['"a"-vs-"b-vs-c"', '"a-vs-b"-vs-"c"'], contrasts, scores), [[0, 1], [2, 3]]);
  assertThrows(
    () => checkTarget("a-vs-b-vs-c", contrasts),
    RangeError,
    'write "a"-vs-"b-vs-c" or "a-vs-b"-vs-"c"',
  );
  const lists = ["a", "b", "c", "a,b"];
  assertEquals(meant(["a,b"], lists, scores), [3]);
  assertEquals(meant(["a", "b"], lists, scores), [0, 1]);
  assertThrows(
    () => splitTargets(["a,b,c"], lists),
    RangeError,
    "write --target a,b --target c or --target a --target b --target c",
  );
  const blanks = ["a", " b", "b"];
  assertThrows(
    () => splitTargets(["a, b"], blanks),
    RangeError,
    "write --target a --target  b or --target a --target b",
  );
  const mixed = ["a", "b", "c", "b,c"];
  assertThrows(
    () => splitTargets(["a-vs-b,c"], mixed),
    RangeError,
    'write --target "a"-vs-"b,c" or --target a-vs-b --target c',
  );
});

Deno.test("--target says which name is unknown, and the nearest", () => {
  const known = 'Known: predicted, all, x-vs-y, "a, b", " sp ", "<b>&\\"\'", __proto__, 10, 2, ' +
    "runner-up";
  const cases: [string, string][] = [
    ["sp", 'Unknown class "sp": did you mean " sp "? ' + known],
    ["10,a,b", 'Unknown class "a"'],
    ["10-vs-alll", 'Unknown class "alll": did you mean "all"?'],
    ["10-vs-@all", 'Unknown class "@all": did you mean "all"?'],
    ["constructor", 'Unknown class "constructor"'],
    ["-vs-", 'Unknown class ""'],
    ["10-vs-10", 'Cannot contrast class "10" with itself'],
    ["runner-up-vs-runner-up", "Cannot contrast the runner-up class with itself"],
  ];
  for (const [given, message] of cases) {
    assertThrows(() => splitTargets([given], odd), RangeError, message);
  }
  for (const given of ["10,,2", "10,", ","]) {
    assertThrows(() => splitTargets([given], odd), UsageError, "takes names with commas");
  }
  assertThrows(() => splitTargets(["runner-up"], ["one"]), RangeError, "the model has one class");
  assertThrows(() => checkTarget("@all", odd), RangeError, "ask for one class at a time");
  checkTarget("all", odd);
});

Deno.test("whatever the classes are called, each and each pair can be asked for by its name", () => {
  const part = fc.constantFrom(
    ...["a", "b", "-vs-", ",", " ", '"', "\\", "@", "predicted", "runner-up", "all", "-", "é"],
  );
  const name = fc.array(part, { maxLength: 5 }).map((parts) => parts.join(""));
  fc.assert(
    fc.property(
      fc.uniqueArray(name, { minLength: 2, maxLength: 12 }),
      fc.nat(),
      fc.nat(),
      (classes, i, j) => {
        const [of, against] = [i % classes.length, j % classes.length];
        const scores = classes.map((_, c) => c);
        assertEquals(meant([classes[of]!], classes, scores), [of]);
        if (of === against) return;
        const written = targetName({ of, against }, classes);
        assertEquals(contrastOf(written, classes), [classes[of]!, classes[against]!]);
        const exactly = `${JSON.stringify(classes[of])}-vs-${JSON.stringify(classes[against])}`;
        for (const way of classes.includes(exactly) ? [written] : [written, exactly]) {
          const [found] = resolveTargets([way], classes, Float64Array.from(scores));
          assertEquals(found?.target, { of, against }, way);
        }
      },
    ),
    { numRuns: 3000, seed: 1 },
  );
});

Deno.test("--target reads a long list in little time", () => {
  const classes = Array.from({ length: 1000 }, (_, i) => `class, number ${i}`);
  const start = performance.now();
  assertEquals(splitTargets([classes.join(",")], classes), classes);
  assertEquals(performance.now() - start < 2000, true);
});
