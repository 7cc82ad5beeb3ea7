import { Random } from "@heatword/core";
import { withoutFeature } from "./edits.ts";
import { type Counted, counted, massOf } from "./findings.ts";
import { groupSpans, type TokenGroup, tokenGroups } from "./groups.ts";
import { askAll, type Asked } from "./run/asking.ts";
import { type ExplainedText, shareIn } from "./tally.ts";

/** How much a model looks at a group of tokens. */
export interface GroupUse {
  /** The group. */
  readonly what: string;
  /** What it is, for people. */
  readonly about: string;
  /** How many texts have members of it. */
  readonly documents: number;
  /** The share of the relevance for the predicted class, over all texts. */
  readonly mass: number;
  /** The lower end of its 95 % interval. */
  readonly low: number;
  /** The upper end. */
  readonly high: number;
  /** Predictions that change without its members. */
  readonly deleted: Counted;
  /** The class that it carries most for. */
  readonly class: string;
  /** How much there. */
  readonly massInClass: number;
}

/** How much a model looks at some groups of tokens. */
export async function groupUses(
  asked: Asked,
  texts: readonly ExplainedText[],
  deletions: number,
  seed: number,
  groups: readonly TokenGroup[] = tokenGroups,
): Promise<GroupUse[]> {
  const { classes } = asked.model;
  const found = groups.map((group) => {
    const spans = texts.map(({ document }) => groupSpans(group, document.text));
    const shares = texts.map((text, t) => shareIn(text, spans[t]!));
    const having = [...texts.keys()].filter((t) => spans[t]!.length > 0);
    const order = new Random(seed).shuffle(Int32Array.from(having)).subarray(0, deletions).sort();
    return { group, spans, shares, having, tried: Array.from(order) };
  });
  const answers = await askAll(
    asked,
    found.map(({ group, spans, tried }) => ({
      name: `without all of group ${group.name}`,
      texts: tried.map((t) =>
        withoutFeature(
          texts[t]!.document.text,
          { kind: "group", what: group.name },
          spans[t]!,
        )
      ),
      target: 0,
    })),
    "Trying groups",
  );
  return found.map(({ group, shares, having, tried }, g) => {
    const flips = answers[g]!.scored!
      .filter(({ predicted }, k) => predicted !== texts[tried[k]!]!.predicted);
    const inClass = classes.map((_, c) =>
      massOf(shares.filter((_, t) => texts[t]!.predicted === c)).mass
    );
    const most = inClass.keys().reduce((best, c) => inClass[c]! > inClass[best]! ? c : best, 0);
    return {
      what: group.name,
      about: group.about,
      documents: having.length,
      ...massOf(shares),
      deleted: counted(flips.length, tried.length),
      class: classes[most]!,
      massInClass: inClass[most]!,
    };
  }).sort((a, b) => b.mass - a.mass || (a.what < b.what ? -1 : 1));
}
