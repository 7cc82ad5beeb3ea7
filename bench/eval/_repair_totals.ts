import { meanOf, overSeedsInterval } from "@heatword/eval/statistics";

/** How a model did: accuracies on clean texts, and its relevance on the leak. */
export interface RepairedFigures {
  /** Of all clean texts. */
  readonly clean: number;
  /** Of clean texts of other classes than the one that leaked. */
  readonly others: number;
  /** Of those of other classes with the leak put in. */
  readonly put: number;
  /** The share of the relevance on the leak. */
  readonly mass: number;
}

/** What a way came to over all leaks: a number for each. */
interface WayTotals {
  readonly regained: number[];
  readonly besideClean: number[];
  readonly besideLeaking: number[];
}

/** A repair loses at most so much elsewhere. */
const MOST_LOST = 0.005;

const percent = (share: number) => (100 * share).toFixed(1);

/** Differences over seeds, with their interval where there are several. */
function change(values: readonly number[]): string {
  const signed = (share: number) => `${share < 0 ? "−" : "+"}${percent(Math.abs(share))}`;
  if (values.length < 2) return signed(meanOf(values));
  const { estimate, low, high } = overSeedsInterval(values.map((value) => [value]));
  return `${signed(estimate)} (${signed(low)} … ${signed(high)})`;
}

/** Sums up what repairs came to, over seeds and over leaks. */
export class RepairTotals {
  readonly #ways = new Map<string, WayTotals>();

  /**
   * Adds a leak.
   *
   * @param name What it is called.
   * @param seeds For each seed how each model did; `clean` and `leaking` are those before.
   * @returns What they came to, in lines.
   */
  add(name: string, seeds: readonly ReadonlyMap<string, RepairedFigures>[]): string {
    const of = (model: string, figure: keyof RepairedFigures) =>
      seeds.map((found) => found.get(model)![figure]);
    const mean = (model: string, figure: keyof RepairedFigures) => meanOf(of(model, figure));
    const less = (figure: keyof RepairedFigures, way: string, model: string) => {
      const before = of(model, figure);
      return of(way, figure).map((value, s) => value - before[s]!);
    };
    const missing = mean("clean", "clean") - mean("leaking", "clean");
    const lines = ["clean", "leaking"].map((model) =>
      `  learned from ${model} texts: ${percent(mean(model, "clean"))} % of clean texts, ${
        percent(mean(model, "others"))
      } % of other classes, ${percent(mean(model, "put"))} % of those with the leak put in` +
      (model === "clean" ? "" : `; relevance on it ${percent(mean(model, "mass"))} %`)
    );
    for (const way of seeds[0]!.keys()) {
      if (way === "clean" || way === "leaking") continue;
      const totals = this.#ways.get(way) ?? { regained: [], besideClean: [], besideLeaking: [] };
      this.#ways.set(way, totals);
      // Where the leak cost nothing, nothing is regained.
      const regained = missing > 0
        ? [(mean(way, "clean") - mean("leaking", "clean")) / missing]
        : [];
      totals.regained.push(...regained);
      const [besideClean, besideLeaking] = (["clean", "leaking"] as const)
        .map((model) => less("others", way, model));
      totals.besideClean.push(meanOf(besideClean!));
      totals.besideLeaking.push(meanOf(besideLeaking!));
      lines.push(
        `  ${way}: ${percent(mean(way, "clean"))} % of clean texts (${
          regained.length > 0 ? `${percent(regained[0]!)} % of what was lost` : "nothing was lost"
        }), ${percent(mean(way, "others"))} % of other classes: ${
          change(besideClean!)
        } beside learned from clean texts, ${change(besideLeaking!)} beside the leaking; ${
          percent(mean(way, "put"))
        } % of them with the leak put in; relevance on it ${percent(mean(way, "mass"))} %`,
      );
    }
    return [name, ...lines].join("\n");
  }

  /** What each way came to over all leaks, a line for each. */
  text(): string {
    const few = (changes: readonly number[]) =>
      changes.filter((points) => points >= -MOST_LOST).length;
    return [...this.#ways].map(([way, { regained, besideClean, besideLeaking }]) => {
      const enough = regained.filter((share) => share >= 0.5).length;
      return `${way}: regains half or more in ${enough} of ${regained.length}` +
        (regained.length > 0 ? `, ${percent(meanOf(regained))} % on average` : "") +
        `; of other classes it loses at most 0.5 points beside learned from clean texts in ${
          few(besideClean)
        } of ${besideClean.length} (on average ${
          change([meanOf(besideClean)])
        }), beside the leaking in ${few(besideLeaking)} (${change([meanOf(besideLeaking)])})`;
    }).join("\n");
  }
}
