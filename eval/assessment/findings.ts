import type { Classification } from "../classification/confusion_matrix.ts";
import { type Claim, formatMeasured, type Measured } from "../claims/claim.ts";
import type { Conservation } from "../corpus/summarize.ts";
import type { ScoreExperiment } from "./score_experiment.ts";
import { type Duplicates, duplicatesText } from "../duplicates/duplicates.ts";
import { FEWEST_JUDGED, isTooFew, tooFew } from "../statistics/fewest_judged.ts";
import { proportionInterval } from "../statistics/proportion.ts";

/** A statement that was checked on the texts, in the form of the ledger. */
export type Finding = Claim & { readonly paper: null };

/** What findings are drawn from. */
export interface FindingsInput {
  /** How the classifier did. */
  readonly classification: Classification;
  /** How explainers keep their promise of a sum. */
  readonly conservation: readonly Conservation[];
  /** Deletion by score. */
  readonly scores: readonly [right: ScoreExperiment, wrong: ScoreExperiment];
  /** Texts that the training texts hold too. */
  readonly duplicates?: Duplicates;
}

/** A finding that is judged only where there are enough texts. */
function judged(
  id: string,
  claim: string,
  texts: number,
  figures: Extract<Measured, object>,
  pass: boolean,
): Finding {
  if (texts >= FEWEST_JUDGED) return { id, claim, paper: null, ours: figures, pass };
  const notJudged = tooFew(texts);
  // Of no text there are no figures.
  const ours = texts === 0 ? notJudged : { ...figures, notJudged };
  return { id, claim, paper: null, ours, pass: null };
}

function accuracyFinding({ classification }: FindingsInput): Finding {
  const { accuracy, standardError, correct, documents, byClass } = classification;
  const { low, high } = proportionInterval(correct, documents);
  const largest = byClass.reduce((a, b) => b.documents > a.documents ? b : a);
  const share = largest.documents / documents;
  return judged(
    "accuracy.test",
    "Accuracy is above that of always giving the most frequent class, with its whole 95 % interval",
    documents,
    { accuracy, standardError, interval: [low, high], mostFrequentClass: share },
    low > share,
  );
}

function scoreFindings({ group, documents, unit, curves }: ScoreExperiment): Finding[] {
  const isRight = group === "correct";
  return curves.filter(({ name }) => name !== "random").map(
    ({ name, beyondRandom, beyondRandomInterval: [low, high] }) =>
      judged(
        `deletion.${group}.${name}`,
        isRight
          ? `Texts classified right: deleting the ${unit}s that are most relevant by ${name} lowers ` +
            "the score of the class further than deleting at random"
          : `Texts classified wrong: deleting the ${unit}s that are least relevant by ${name} raises ` +
            "the score of the true class further than deleting at random",
        documents,
        { difference: beyondRandom, interval: [low, high] },
        isRight ? high < 0 : low > 0,
      ),
  );
}

function conservationFindings({ conservation }: FindingsInput): Finding[] {
  return conservation.map(({ explainer, worst, documents }) => ({
    id: `conservation.${explainer}`,
    claim:
      `Relevances by ${explainer} sum to what they promise: the worst |ΣR − f| / max(1, |f|) of ` +
      `${documents.toLocaleString("en")} texts is at most 1e-4`,
    paper: null,
    ours: worst,
    pass: worst <= 1e-4,
  }));
}

/**
 * What can be checked on one's own texts, with a verdict for each statement; where there are fewer
 * than {@linkcode FEWEST_JUDGED} texts it is that there are too few.
 *
 * @param input What was measured.
 */
export function findingsOf(input: FindingsInput): Finding[] {
  const { duplicates, scores, classification } = input;
  return [
    {
      id: "documents.test",
      claim: "Number of texts that were measured on",
      paper: null,
      ours: classification.documents,
      pass: null,
    },
    {
      id: "documents.duplicates",
      claim: "Texts that the training texts hold too",
      paper: null,
      ours: duplicates ? duplicatesText(duplicates) : "no training documents are known",
      pass: null,
    },
    accuracyFinding(input),
    ...scores.flatMap(scoreFindings),
    ...conservationFindings(input),
  ];
}

/** What was measured for a finding, without what its mark says already. */
export function findingFigures({ ours }: Pick<Finding, "ours">): string {
  if (isTooFew(ours)) return "";
  if (typeof ours !== "object" || ours === null) return formatMeasured(ours);
  const { notJudged: _, ...figures } = ours;
  return formatMeasured(figures);
}

/** The verdict on a finding, in words; for one that is a figure alone, nothing. */
export function findingMark({ ours, pass }: Pick<Finding, "ours" | "pass">): string {
  if (pass !== null) return pass ? "holds" : "fails";
  if (typeof ours === "object" && ours && "notJudged" in ours) return String(ours.notJudged);
  return isTooFew(ours) ? ours : "";
}
