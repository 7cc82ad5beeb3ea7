import type { Document } from "@heatword/core";
import { type Interval, proportionInterval } from "../../statistics/mod.ts";
import { meanOverTexts } from "../mean_interval.ts";
import { explainTexts } from "../audit.ts";
import { withoutFeature } from "../edits.ts";
import { groupSpans, type Span, tokenGroup } from "../groups.ts";
import { askAll, type Asked } from "../run/asking.ts";
import { type ExplainedText, shareIn } from "../tally.ts";
import type { Rule, RuleWords } from "./schema.ts";

/** What a rule came to. */
export type Outcome = "holds" | "fails" | "not decided" | "not measured";

/** A figure that a rule is about. */
export interface Measured extends Interval {
  /** Of which class, where a rule looks at each. */
  readonly class?: string;
  /** Over how many texts. */
  readonly documents: number;
}

/** A rule, and what it came to. */
export interface CheckedRule {
  /** The rule. */
  readonly rule: Rule;
  /** What it is called. */
  readonly name: string;
  /** What it came to. */
  readonly outcome: Outcome;
  /** The figure that decides: of several classes that which is worst. */
  readonly measured?: Measured;
  /** Of a rule for every class those that no text is predicted as: nothing is known of them. */
  readonly unchecked: readonly string[];
}

const percent = (share: number) => `${Number((100 * share).toFixed(4))} %`;

function wordsText({ group, tokens, pattern }: RuleWords): string {
  if (group !== undefined) return `group ${group}`;
  return tokens === undefined ? `/${pattern}/` : tokens.map((token) => `"${token}"`).join(", ");
}

/** What a rule says, in words. */
export function ruleText(rule: Rule): string {
  switch (rule.check) {
    case "relevance": {
      const where = rule.class === undefined ? "every class" : `class ${rule.class}`;
      return `${wordsText(rule)}: less than ${percent(rule.below)} of the relevance in ${where}`;
    }
    case "flips":
      return `${wordsText(rule)}: less than ${percent(rule.below)} of predictions change without`;
    case "speaks":
      return `"${rule.word}" speaks for class ${rule.class} in ${percent(rule.atLeast)} ` +
        "of its texts or more";
    case "accuracy":
      return `${percent(rule.atLeast)} of texts or more are classified correctly`;
  }
}

/** Where a text has the words of a rule. */
function spansOf({ group, tokens, pattern }: RuleWords, { text, tokens: words }: Document): Span[] {
  if (group !== undefined) return groupSpans(tokenGroup(group), text);
  if (pattern !== undefined) return groupSpans({ pattern: new RegExp(pattern, "giu") }, text);
  const wanted = new Set(tokens!.map((token) => token.toLowerCase()));
  return words.filter((word) => wanted.has(word.text.toLowerCase()))
    .map(({ start, end }) => [start, end]);
}

/** The level of each of several intervals, so that all of them hold at 95 % (Bonferroni). */
const levelOf = (several: number) => 1 - 0.05 / Math.max(1, several);

/** The class with the given name. */
function classIndex(classes: readonly string[], name: string): number {
  const index = classes.indexOf(name);
  if (index >= 0) return index;
  throw new RangeError(
    `Cannot check a rule for class "${name}": the classes of the model are ` +
      classes.slice(0, 10).map((other) => `"${other}"`).join(", ") +
      (classes.length > 10 ? ", …" : ""),
  );
}

async function measure(
  asked: Asked,
  texts: readonly ExplainedText[],
  rule: Rule,
  index: number,
): Promise<Measured[]> {
  const { classes } = asked.model;
  if (rule.check === "accuracy") {
    const known = texts.filter(({ document }) => classes.includes(document.label ?? ""));
    if (known.length === 0) return [];
    const right = known.filter(({ label, predicted }) => label === predicted).length;
    return [{ ...proportionInterval(right, known.length), documents: known.length }];
  }
  if (rule.check === "speaks") {
    const target = classIndex(classes, rule.class);
    const having = texts.filter(({ document }) =>
      spansOf({ tokens: [rule.word] }, document).length > 0
    );
    if (having.length === 0) return [];
    const documents = having.map(({ document }) => document);
    const [result] = await askAll(
      asked,
      [{ name: `rule ${index}`, documents, target }],
      "Checking rules",
    );
    const speaks = result!.explained!.filter(({ relevance }, i) => {
      const spans = spansOf({ tokens: [rule.word] }, documents[i]!);
      const own = documents[i]!.tokens.map(({ start, end }, t) =>
        spans.some(([from, to]) => start < to && from < end) ? relevance[t]! : 0
      );
      return own.reduce((sum, value) => sum + value, 0) > 0;
    });
    return [{ ...proportionInterval(speaks.length, having.length), documents: having.length }];
  }
  const spans = texts.map(({ document }) => spansOf(rule, document));
  if (rule.check === "flips") {
    const having = [...texts.keys()].filter((t) => spans[t]!.length > 0);
    const [result] = await askAll(asked, [{
      name: `rule ${index}`,
      texts: having.map((t) =>
        withoutFeature(texts[t]!.document.text, { kind: "group", what: "" }, spans[t]!)
      ),
      target: 0,
    }], "Checking rules");
    const flips = result!.scored!
      .filter(({ predicted }, k) => predicted !== texts[having[k]!]!.predicted);
    return [{ ...proportionInterval(flips.length, texts.length), documents: texts.length }];
  }
  const targets = rule.class === undefined
    ? [...classes.keys()]
    : [classIndex(classes, rule.class)];
  return targets.flatMap((target): Measured[] => {
    const shares = texts.flatMap((text, t) =>
      text.predicted === target ? [shareIn(text, spans[t]!)] : []
    );
    if (shares.length === 0) return [];
    const interval = meanOverTexts(shares, [0, 1], levelOf(targets.length));
    return [{ ...interval, class: classes[target]!, documents: shares.length }];
  });
}

/** What a figure says of a limit; a point on the limit counts as within for `atLeast` alone. */
function outcomeOf(rule: Rule, { low, high }: Interval): Outcome {
  if ("below" in rule) {
    return high < rule.below ? "holds" : low >= rule.below ? "fails" : "not decided";
  }
  return low >= rule.atLeast ? "holds" : high < rule.atLeast ? "fails" : "not decided";
}

/**
 * Whether a rule fails a run.
 *
 * @param checked The rule.
 * @param strict Whether what is not decided, not measured or not checked for every class fails, too.
 */
export function isFailure({ outcome, unchecked }: CheckedRule, strict: boolean): boolean {
  return outcome === "fails" || strict && (outcome !== "holds" || unchecked.length > 0);
}

/** Which outcome counts where classes differ. */
const worst: readonly Outcome[] = ["fails", "not decided", "holds"];

/**
 * Checks rules for a model. A rule fails only where its interval lies wholly beyond the limit, so that
 * another seed of the same training raises no alarm; where the interval holds the limit, it is not
 * decided. Of a rule for every class each interval is at the level 1 − 0.05 / C.
 *
 * @param asked The model, the explainer, and who does the work.
 * @param documents The texts, as the model reads them, with their classes.
 * @param rules The rules.
 * @returns What each came to.
 * @throws {RangeError} If a rule names a class that the model does not have.
 */
export async function checkRules(
  asked: Asked,
  documents: readonly Document[],
  rules: readonly Rule[],
): Promise<CheckedRule[]> {
  for (const rule of rules) {
    if ("class" in rule && rule.class !== undefined) classIndex(asked.model.classes, rule.class);
  }
  const texts = await explainTexts(asked, documents);
  const checked: CheckedRule[] = [];
  for (const [index, rule] of rules.entries()) {
    const found = (await measure(asked, texts, rule, index))
      .map((measured) => ({ measured, outcome: outcomeOf(rule, measured) }));
    const beyond = ({ estimate }: Interval) => "below" in rule ? estimate : -estimate;
    const [decisive] = found.sort((a, b) =>
      worst.indexOf(a.outcome) - worst.indexOf(b.outcome) || beyond(b.measured) - beyond(a.measured)
    );
    const known = new Set(found.map(({ measured }) => measured.class));
    const isOfEvery = rule.check === "relevance" && rule.class === undefined;
    checked.push({
      rule,
      unchecked: isOfEvery ? asked.model.classes.filter((name) => !known.has(name)) : [],
      name: rule.name ?? ruleText(rule),
      outcome: decisive?.outcome ?? "not measured",
      ...(decisive && { measured: decisive.measured }),
    });
  }
  return checked;
}
