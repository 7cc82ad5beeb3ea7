import type { Measure } from "../measures/measure.ts";
import type { MeasuredText } from "../texts/measured_text.ts";
import { READOUTS } from "../texts/text_values.ts";
import { normalisedAopc, widened } from "./normalised.ts";

/** AOPC between the limits of one readout, where the text has any. */
async function between(text: MeasuredText, readout: (typeof READOUTS)[number]) {
  const limits = await text.limits(readout);
  const curves = (await text.curves()).map((row) => row[readout]);
  if (!limits) return undefined;
  const full = await text.full(readout);
  const closed = widened(limits, curves.flatMap(({ comp, suff }) => [comp, suff]));
  return {
    closed,
    floor: limits.floor,
    rows: curves.map(({ comp, suff }) => {
      const left = normalisedAopc(suff, closed, full);
      return {
        comp: normalisedAopc(comp, closed, full),
        suff: left === undefined ? undefined : 1 - left,
      };
    }),
  };
}

/** Comprehensiveness and sufficiency between their limits (Edin et al. 2025), and the limits. */
export const naopcMeasure: Measure = {
  name: "naopc",
  about: "comprehensiveness and sufficiency between the worst and the best order of deletion",
  needs: "texts of at most 60 words",
  columns: [
    {
      name: "naopcComp",
      title: "NAOPC comp.",
      about:
        "drop of the score as words are deleted, the most relevant first, between the worst and " +
        "the best order",
      better: "higher",
      source: "DeYoung et al. 2020, Edin et al. 2025",
      kind: "behaviour",
    },
    {
      name: "naopcSuff",
      title: "1 − NAOPC suff.",
      about:
        "how little is missing while only the most relevant words are kept, between the worst " +
        "and the best order",
      better: "higher",
      source: "DeYoung et al. 2020, Edin et al. 2025",
      kind: "behaviour",
    },
    {
      name: "naopcCompProbability",
      aspect: "deletion",
      title: "NAOPC comp., prob.",
      about: "NAOPC of comprehensiveness of the probability",
      better: "higher",
      source: "Edin et al. 2025",
    },
    {
      name: "naopcSuffProbability",
      aspect: "deletion",
      title: "1 − NAOPC suff., prob.",
      about: "NAOPC of sufficiency of the probability, from 1",
      better: "higher",
      source: "Edin et al. 2025",
    },
    {
      name: "upperLimit",
      aspect: "limits",
      title: "AOPC, best order",
      about: "AOPC of the score in the best order of deletion: exact for short texts, that of a " +
        "beam search for others",
      better: "higher",
      source: "Edin et al. 2025",
    },
    {
      name: "lowerLimit",
      aspect: "limits",
      title: "AOPC, worst order",
      about: "the same in the worst order",
      better: "higher",
      source: "Edin et al. 2025",
    },
    {
      name: "randomFloor",
      aspect: "limits",
      title: "AOPC, random orders",
      about: "the mean over all orders, of longer texts over ten of them",
      better: "higher",
    },
  ],
  figures: async (text) => {
    const [score, probability] = [
      await between(text, "score"),
      await between(text, "probability"),
    ];
    return text.rows.map((_, r) => ({
      naopcComp: score?.rows[r]?.comp,
      naopcSuff: score?.rows[r]?.suff,
      naopcCompProbability: probability?.rows[r]?.comp,
      naopcSuffProbability: probability?.rows[r]?.suff,
      upperLimit: score?.closed.upper,
      lowerLimit: score?.closed.lower,
      randomFloor: score?.floor,
    }));
  },
};
