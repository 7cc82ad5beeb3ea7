import type { Choice } from "./dom.ts";

/** A name that is relative, with the class that it stands for. */
function relative(name: string, stands: string | undefined): Choice {
  return { value: name, text: stands === undefined ? name : `${stands} (${name})` };
}

function withOwn(choices: Choice[], value: string): Choice[] {
  return choices.some((choice) => choice.value === value)
    ? choices
    : [...choices, { value, text: value }];
}

function all(classes: readonly string[], stands: readonly string[]): Choice[] {
  return [
    relative("predicted", stands[0]),
    ...(classes.length > 1 ? [relative("runner-up", stands[1])] : []),
    ...classes.map((name) => ({ value: name, text: name })),
  ];
}

/**
 * What can be explained.
 *
 * @param classes The classes of the model.
 * @param stands The classes that `predicted` and `runner-up` stand for.
 * @param value What is chosen.
 */
export function targetChoices(
  classes: readonly string[],
  stands: readonly string[],
  value: string,
): Choice[] {
  return withOwn(all(classes, stands), value);
}

/** What it can be contrasted with; the empty name stands for nothing. */
export function againstChoices(
  classes: readonly string[],
  stands: readonly string[],
  value: string,
): Choice[] {
  return withOwn([{ value: "", text: "—" }, ...all(classes, stands)], value);
}
