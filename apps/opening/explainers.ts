import { type Explainer, type OptionSpecs, readOptions, unknownName } from "@heatword/core";
import type { ConfiguredExplainer } from "@heatword/eval/explanations";
import { UsageError } from "../cli/usage_error.ts";

/** Only words are shown, so no explainer need keep a number for every element of their vectors. */
function forWords({ options: { detail } }: Explainer): Record<string, string> {
  return detail?.type === "choice" && detail.choices.includes("words") ? { detail: "words" } : {};
}

/**
 * Gives `--option` settings to explainers: `name=value` goes to every chosen explainer that has an
 * option of that name, `explainer.name=value` to one.
 *
 * @param explainers The chosen explainers.
 * @param settings The settings as given.
 * @throws {UsageError} If a setting is not of that form.
 * @throws {RangeError} If no chosen explainer has such an option, or a value is out of range.
 * @throws {TypeError} If a value is of the wrong type.
 */
export function configure(
  explainers: readonly Explainer[],
  settings: readonly string[],
): ConfiguredExplainer[] {
  const given = explainers.map(forWords);
  for (const setting of settings) {
    const equals = setting.indexOf("=");
    if (equals < 1) throw new UsageError(`Option --option takes name=value, not "${setting}"`);
    const [key, value] = [setting.slice(0, equals), setting.slice(equals + 1)];
    const dot = key.indexOf(".");
    const [owner, name] = dot < 0 ? [undefined, key] : [key.slice(0, dot), key.slice(dot + 1)];
    const chosen = explainers.filter((explainer) =>
      owner === undefined || explainer.name === owner
    );
    if (chosen.length === 0) {
      throw unknownName("explainer", owner!, explainers.map((explainer) => explainer.name));
    }
    const takers = chosen.filter(({ options }) => Object.hasOwn(options, name));
    if (takers.length === 0) throw unknownOption(name, chosen);
    for (const explainer of takers) given[explainers.indexOf(explainer)]![name] = value;
  }
  return explainers.map((explainer, i) => {
    const options = given[i]!;
    readOptions(explainer.options, options);
    return { explainer, options };
  });
}

function unknownOption(name: string, explainers: readonly Explainer[]): Error {
  const specs: OptionSpecs = Object.assign({}, ...explainers.map(({ options }) => options));
  const known = Object.keys(specs);
  const names = explainers.map((explainer) => explainer.name).join(", ");
  if (known.length === 0) {
    return new RangeError(`Explainer ${names} takes no option, not "${name}"`);
  }
  return unknownName(`option of ${names}`, name, known);
}
