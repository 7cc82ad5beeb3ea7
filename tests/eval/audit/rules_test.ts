import {
  type CheckedRule,
  githubAnnotations,
  isFailure,
  junitXml,
  readRules,
  type Rule,
  rulesText,
} from "@heatword/eval/audit";
import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";

const read = (value: unknown) => readRules(JSON.stringify(value), "r.json");

Deno.test("rules are read as they are written, and what is wrong is told with its place", () => {
  const rules: Rule[] = [
    { check: "relevance", group: "host", below: 0.02 },
    { check: "flips", tokens: ["a"], below: 0.01, name: "names" },
    { check: "relevance", pattern: "\\bref-\\d+", class: "x", below: 0.1 },
    { check: "speaks", word: "refund", class: "billing", atLeast: 0.95 },
    { check: "accuracy", atLeast: 0.8 },
  ];
  assertEquals(read({ rules }), rules);
  for (
    const [wrong, message] of [
      [{ rules: [] }, "/rules must NOT have fewer than 1 items"],
      [{ rules: [{ check: "flops" }] }, "/rules/0"],
      [{ rules: [{ check: "accuracy", atLeast: 80 }] }, "/rules/0/atLeast must be <= 1"],
      [{ rules: [{ check: "flips", group: "hots", below: 0.1 }] }, "address, url, host"],
      [
        { rules: [{ check: "accuracy", atLeast: 0.8, atleast: 1 }] },
        'must NOT have additional properties: "atleast"',
      ],
      [{ rules: [{ check: "flips", pattern: "(", below: 0.1 }] }, 'pattern "("'],
    ] as const
  ) {
    const error = assertThrows(() => read(wrong), SyntaxError);
    assertStringIncludes(error.message, message);
    assertStringIncludes(error.message, 'Cannot read the rules in "r.json"');
    assertEquals(error.message.includes("\n"), false);
  }
  assertThrows(() => readRules("{", "r.json"), SyntaxError, 'Cannot read the rules in "r.json"');
});

const checked: CheckedRule[] = [
  {
    rule: { check: "accuracy", atLeast: 0.8 },
    name: "80 % of texts or more are classified correctly",
    outcome: "holds",
    unchecked: [],
    measured: { estimate: 0.9, low: 0.85, high: 0.95, documents: 10 },
  },
  {
    rule: { check: "relevance", tokens: ['<b>&"'], below: 0.02 },
    name: "odd: 5 %, <b>\n\u0001",
    outcome: "fails",
    unchecked: [],
    measured: { estimate: 0.3, low: 0.2, high: 0.4, documents: 10, class: "x" },
  },
  {
    rule: { check: "speaks", word: "refund", class: "billing", atLeast: 0.9 },
    name: "refund",
    outcome: "not measured",
    unchecked: [],
  },
];

Deno.test("results as text, JUnit XML and annotations say the same, whatever the names hold", () => {
  assertEquals(
    rulesText(checked).split("\n")[0],
    "holds         80 % of texts or more are classified correctly: " +
      "90.00 % (85.00 % to 95.00 %), 10 texts",
  );
  const xml = junitXml(checked);
  assertStringIncludes(xml, '<testsuites tests="3" failures="1" skipped="1" errors="0">');
  assertStringIncludes(xml, 'name="odd: 5 %, &lt;b&gt;\n\ufffd"');
  assertStringIncludes(
    xml,
    '<failure message="fails: 30.00 % (20.00 % to 40.00 %) in x, 10 texts">',
  );
  assertStringIncludes(xml, '<skipped message="not measured: no text has it"/>');
  assertStringIncludes(junitXml(checked, true), 'failures="2" skipped="0"');
  const annotations = githubAnnotations(checked, "a,b:c.json");
  assertEquals(annotations.length, 2);
  assertEquals(
    annotations[0]!.slice(0, annotations[0]!.indexOf("::", 2)),
    "::error file=a%2Cb%3Ac.json,title=fails%3A odd%3A 5 %25%2C <b>%0A\u0001",
  );
  assertEquals(annotations[1]!.startsWith("::warning file="), true);
  assertEquals(annotations.some((line) => line.includes("\n")), false);
  assertEquals(githubAnnotations(checked, "r", true)[1]!.startsWith("::error"), true);
});

Deno.test("a rule for every class says which classes no text is predicted as, and fails if strict", () => {
  const names = ["a", "b", "c", "d", "e", "f<"];
  const holds: CheckedRule = {
    rule: { check: "relevance", group: "host", below: 0.1 },
    name: "hosts",
    outcome: "holds",
    unchecked: names,
    measured: { estimate: 0, low: 0, high: 0.05, documents: 9, class: "x" },
  };
  const told =
    "0.00 % (0.00 % to 5.00 %) in x, 9 texts; not checked for 6 classes that no text is " +
    "predicted as: a, b, c, d, e, …";
  assertEquals(rulesText([holds]).endsWith(told), true);
  assertEquals(
    rulesText([{ ...holds, unchecked: ["f<"] }]).endsWith(
      "9 texts; not checked for 1 class that no text is predicted as: f<",
    ),
    true,
  );
  assertEquals([isFailure(holds, false), isFailure(holds, true)], [false, true]);
  assertEquals(isFailure({ ...holds, unchecked: [] }, true), false);
  assertStringIncludes(junitXml([holds]), 'name="hosts"/>');
  assertStringIncludes(junitXml([holds], true), 'failures="1" skipped="0"');
  assertStringIncludes(junitXml([holds], true), `<failure message="holds: ${told}">`);
  assertEquals(githubAnnotations([holds], "r")[0]!.startsWith("::warning file=r"), true);
  assertEquals(githubAnnotations([holds], "r", true)[0]!.startsWith("::error file=r"), true);
});
