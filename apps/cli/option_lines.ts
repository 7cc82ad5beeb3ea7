import { describeDefault, describeOption, type OptionSpecs } from "@heatword/core";

/**
 * The options of a plugin, for a list of plugins: two lines each.
 *
 * @param prefix How an option is given, e.g. `--option `.
 * @param specs The options.
 */
export function optionLines(prefix: string, specs: OptionSpecs): string[] {
  return Object.entries(specs).flatMap(([name, spec]) => [
    `  ${prefix}${name}=${describeDefault(spec)}`,
    `      ${spec.description}: ${describeOption(spec)}`,
  ]);
}
