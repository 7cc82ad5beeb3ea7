import { areaBetween, type DeletionExperiment } from "../deletion/deletion_curves.ts";
import { type Claim, unchecked } from "./claim.ts";
import { compare } from "./_comparison.ts";
import type { Facts } from "./facts.ts";

/** The claim that one curve of an experiment lies below another, by the area between them. */
function below(
  experiment: DeletionExperiment,
  id: string,
  claim: string,
  paper: string,
  lower: string,
  upper: string,
): Claim {
  const found = areaBetween(experiment, upper, lower);
  if (!found) return unchecked(id, claim, paper, `needs the explainers ${lower} and ${upper}`);
  if (experiment.documents === 0) return unchecked(id, claim, paper, "no such documents");
  const area = (name: string) =>
    [...experiment.curves, experiment.random].find((curve) => curve.name === name)!.area;
  const { figures, pass } = compare([found], experiment.documents);
  const ours = { [lower]: area(lower), [upper]: area(upper), ...figures };
  return { id, claim, paper, ours, pass };
}

/** The claims about random deletion and about Fig. 1. */
export function deletionClaims(facts: Facts): Claim[] {
  const claims = claimsOnWords(facts);
  const { unit } = facts.deletion[0];
  if (unit === undefined) return claims;
  return claims.map(({ id, claim, paper }) =>
    unchecked(id, claim, paper, `is about words; here each ${unit} was deleted as a whole`)
  );
}

function claimsOnWords({ deletion: [correct, wrong], comparable }: Facts): Claim[] {
  const deviations = [correct, wrong].filter(({ documents }) => documents > 0)
    .flatMap(({ random }) => random.deviation);
  const spread = deviations.length === 0 ? NaN : Math.max(...deviations);
  const stdClaim = "The standard deviation of accuracy over the runs of random deletion stays " +
    "below this bound at every number of deleted words";
  return [
    Number.isFinite(spread)
      ? {
        id: "random.std",
        claim: stdClaim,
        paper: 0.0141,
        ours: spread,
        // The fewer documents, the more the runs differ.
        pass: comparable ? spread < 0.0141 : null,
      }
      : unchecked("random.std", stdClaim, 0.0141, "needs two runs"),
    below(
      correct,
      "deletion.correct.lrp-below-sa",
      "Correct documents, decreasing relevance: accuracy falls further under LRP than under SA " +
        "(mean accuracy over all numbers of deleted words)",
      "LRP clearly below SA",
      "lrp",
      "sa",
    ),
    below(
      correct,
      "deletion.correct.sa-below-random",
      "Correct documents, decreasing relevance: accuracy falls further under SA than under " +
        "random deletion",
      "SA below random",
      "sa",
      "random",
    ),
    below(
      wrong,
      "deletion.false.lrp-above-random",
      "Wrong documents, increasing relevance: accuracy rises higher under LRP than under random " +
        "deletion",
      "LRP rises steeply",
      "random",
      "lrp",
    ),
    below(
      wrong,
      "deletion.false.sa-below-random",
      "Wrong documents, increasing relevance: accuracy stays lower under SA than under random " +
        "deletion",
      "SA below random",
      "sa",
      "random",
    ),
  ];
}
