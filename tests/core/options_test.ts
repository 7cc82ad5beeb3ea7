import { assertEquals, assertThrows } from "@std/assert";
import { describeOption, type OptionSpecs, readOptions } from "@heatword/core";

const specs = {
  epsilon: { type: "number", default: 0.01, min: 0, description: "Stabiliser" },
  samples: {
    type: "number",
    default: 10,
    min: 1,
    max: 99,
    integer: true,
    description: "How many",
  },
  exact: { type: "boolean", default: false, description: "Whether to be exact" },
  rule: { type: "choice", default: "a", choices: ["a", "b"], description: "Which rule" },
} as const satisfies OptionSpecs;

Deno.test("readOptions() fills in the defaults", () => {
  assertEquals(readOptions(specs), { epsilon: 0.01, samples: 10, exact: false, rule: "a" });
  assertEquals(readOptions(specs, { samples: undefined }).samples, 10);
});

Deno.test("readOptions() takes values and what a command line has for them", () => {
  const expected = { epsilon: 0, samples: 5, exact: true, rule: "b" };
  assertEquals(readOptions(specs, expected), expected);
  const given = { epsilon: "0", samples: "5", exact: "true", rule: "b" };
  assertEquals(readOptions(specs, given), expected);
  assertEquals(readOptions(specs, { exact: "false" }).exact, false);
});

Deno.test("readOptions() names an unknown option, the nearest one and all", () => {
  assertThrows(
    () => readOptions(specs, { epsilom: 1 }),
    RangeError,
    'Unknown option "epsilom": did you mean "epsilon"? Known: epsilon, samples, exact, rule',
  );
  // A name that every object has is not an option.
  assertThrows(() => readOptions(specs, { toString: 1 }), RangeError, 'Unknown option "toString"');
});

Deno.test("readOptions() names the option, the value and what it takes", () => {
  const cases: [Record<string, unknown>, typeof RangeError | typeof TypeError, string][] = [
    [{ epsilon: -1 }, RangeError, 'Option "epsilon" takes a number of at least 0, not "-1"'],
    [{ epsilon: NaN }, RangeError, 'not "null"'],
    [{ epsilon: Infinity }, RangeError, "takes a number of at least 0"],
    [{ epsilon: "" }, TypeError, 'not ""'],
    [{ epsilon: "much" }, TypeError, 'not "much"'],
    [{ epsilon: true }, TypeError, 'not "true"'],
    [{ samples: 1.5 }, RangeError, "takes a whole number from 1 to 99"],
    [{ samples: 100 }, RangeError, 'not "100"'],
    [{ exact: 1 }, TypeError, 'Option "exact" takes true or false, not "1"'],
    [{ rule: "c" }, TypeError, 'Option "rule" takes one of a, b, not "c"'],
    [{ rule: 0 }, TypeError, 'not "0"'],
  ];
  for (const [given, error, message] of cases) {
    assertThrows(() => readOptions(specs, given), error, message);
  }
});

Deno.test("describeOption() says what an option takes", () => {
  const plain = { type: "number", default: 0, description: "" } as const;
  assertEquals(describeOption(plain), "a number");
  assertEquals(describeOption({ ...plain, max: 1 }), "a number of at most 1");
  assertEquals(describeOption(specs.samples), "a whole number from 1 to 99");
});
