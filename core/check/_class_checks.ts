import { type Check, failCheck } from "../checks.ts";
import type { ModelSubject } from "./_model_subject.ts";

/** A name as people see it. */
const seen = (name: string) => name.normalize("NFC").replaceAll(/\s+/gu, " ").trim();

/** Checks of the names of classes. */
export const classChecks: readonly Check<ModelSubject>[] = [{
  name: "has class names that people can read and tell apart",
  run({ model: { classes } }) {
    const by = new Map<string, string>();
    for (const name of classes) {
      const look = seen(name);
      const shown = JSON.stringify(name);
      if (look === "") failCheck(`the class ${shown} is blank`);
      if (/[\p{Cc}\p{Cs}]/u.test(name)) failCheck(`the class ${shown} has characters none can see`);
      const other = by.get(look);
      if (other !== undefined) {
        failCheck(`the classes ${JSON.stringify(other)} and ${shown} look the same`);
      }
      by.set(look, name);
    }
  },
}];
