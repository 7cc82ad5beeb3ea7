import { escapeXml } from "../../heatmap/escape.ts";
import { formatCount, formatPercent } from "../../numbers/mod.ts";
import { firstNamed } from "../first_named.ts";
import { type CheckedRule, isFailure, ruleText } from "./check_rules.ts";

/** So many classes are named, others only counted. */
const NAMED = 5;

/** Classes that a rule was not checked for, as no text is predicted as them. */
function uncheckedText(classes: readonly string[]): string {
  if (classes.length === 0) return "";
  return `; not checked for ${formatCount(classes.length, "class", "classes")} that no text is ` +
    `predicted as: ${firstNamed(classes, NAMED)}`;
}

/** What was measured, in words. */
export function measuredText({ measured, unchecked }: CheckedRule): string {
  if (measured === undefined) return `no text has it${uncheckedText(unchecked)}`;
  const { estimate, low, high, documents } = measured;
  const where = measured.class === undefined ? "" : ` in ${measured.class}`;
  return `${formatPercent(estimate, 2)} (${formatPercent(low, 2)} to ${
    formatPercent(high, 2)
  })${where}, ${documents} texts` +
    uncheckedText(unchecked);
}

/** A rule in a line: its name, and what it says where its name does not. */
function lineOf(checked: CheckedRule): string {
  const says = ruleText(checked.rule);
  const rule = checked.name === says ? says : `${checked.name} (${says})`;
  return `${rule}: ${measuredText(checked)}`;
}

/**
 * What rules came to, a line each.
 *
 * @param checked The rules.
 */
export function rulesText(checked: readonly CheckedRule[]): string {
  const width = Math.max(...checked.map(({ outcome }) => outcome.length));
  return checked.map((one) => `${one.outcome.padEnd(width)}  ${lineOf(one)}`).join("\n");
}

/**
 * What rules came to as JUnit XML: a rule that fails is a failure, one that is not decided or not
 * measured is skipped.
 *
 * @param checked The rules.
 * @param strict Whether what is not decided fails.
 */
export function junitXml(checked: readonly CheckedRule[], strict = false): string {
  const hasFailed = (one: CheckedRule) => isFailure(one, strict);
  const isSkipped = (one: CheckedRule) => one.outcome !== "holds" && !hasFailed(one);
  const cases = checked.map((one) => {
    const open = `    <testcase classname="heatword.assert" name="${escapeXml(one.name)}"`;
    if (one.outcome === "holds" && !hasFailed(one)) return `${open}/>`;
    const message = `message="${escapeXml(`${one.outcome}: ${measuredText(one)}`)}"`;
    const inner = hasFailed(one)
      ? `<failure ${message}>${escapeXml(lineOf(one))}</failure>`
      : `<skipped ${message}/>`;
    return `${open}>\n      ${inner}\n    </testcase>`;
  });
  const counts = `tests="${checked.length}" failures="${checked.filter(hasFailed).length}" ` +
    `skipped="${checked.filter(isSkipped).length}" errors="0"`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites ${counts}>\n` +
    `  <testsuite name="heatword assert" ${counts}>\n${cases.join("\n")}\n  </testsuite>\n` +
    "</testsuites>\n";
}

const data = (text: string) =>
  text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
const property = (text: string) => data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");

/**
 * Annotations of GitHub Actions: an error for each rule that fails, a warning for each that is not
 * decided, not measured, or not checked for every class.
 *
 * @param checked The rules.
 * @param path The file of the rules.
 * @param strict Whether what is not decided fails.
 */
export function githubAnnotations(
  checked: readonly CheckedRule[],
  path: string,
  strict = false,
): string[] {
  const isTold = ({ outcome, unchecked }: CheckedRule) =>
    outcome !== "holds" || unchecked.length > 0;
  return checked.filter(isTold).map((one) => {
    const level = isFailure(one, strict) ? "error" : "warning";
    const title = `${one.outcome}: ${one.name}`;
    return `::${level} file=${property(path)},title=${property(title)}::${data(lineOf(one))}`;
  });
}
