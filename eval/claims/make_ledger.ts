import { nearDuplicateDefaults } from "../duplicates/near_duplicates.ts";
import { proportionInterval } from "../statistics/proportion.ts";
import type { Claim } from "./claim.ts";
import { unchecked } from "./claim.ts";
import { deletionClaims } from "./_deletion_claims.ts";
import type { Facts, WordRelevance } from "./facts.ts";
import { pcaClaims } from "./_pca_claims.ts";

/** The class whose word "ride" is. */
const rideClass = "rec.motorcycles";

/** The test accuracy of the paper. */
const paperAccuracy = 0.8019;

function countClaims({ documents, comparable }: Facts): Claim[] {
  const count = (name: string, claim: string, paper: number, ours: number): Claim => ({
    id: `documents.${name}`,
    claim,
    paper,
    ours,
    pass: comparable ? ours === paper : null,
  });
  return [
    count("train", "Number of training documents", 11314, documents.train),
    count("test", "Number of test documents", 7532, documents.test),
    count(
      "length100",
      "Number of test documents of 100 tokens or more after preprocessing",
      4963,
      documents.length100,
    ),
  ];
}

/** What is said of test documents that the training documents hold too; the paper says nothing. */
function duplicatesClaim({ duplicates }: Facts): Claim {
  const id = "documents.duplicates";
  const { size, share } = duplicates ?? nearDuplicateDefaults;
  const claim =
    "Test documents with the same words as a training document, and those of whose runs " +
    `of ${size} words one training document has ${100 * share} % or more; accuracy without them`;
  if (!duplicates) return unchecked(id, claim, null, "no training documents are known");
  const { identical, near, documents, others } = duplicates;
  const { accuracy, standardError } = others;
  return {
    id,
    claim,
    paper: null,
    ours: { identical, near, either: documents, accuracyWithout: accuracy, standardError },
    pass: null,
  };
}

function accuracyClaim({ classification, comparable }: Facts): Claim {
  const { correct, documents, accuracy, standardError } = classification;
  const { low, high } = proportionInterval(correct, documents);
  return {
    id: "accuracy.test",
    claim: "Test accuracy of the classifier is above the paper's, with its whole 95 % interval",
    paper: paperAccuracy,
    ours: { accuracy, standardError, interval: [low, high] },
    pass: comparable ? low > paperAccuracy : null,
  };
}

function conservationClaims({ conservation }: Facts): Claim[] {
  const claim = (name: string) =>
    `Relevances by ${name} sum to the explained score: worst |ΣR − f| / max(1, |f|) over all test ` +
    "documents is at most 1e-4";
  const claims = conservation.map(({ explainer, worst }): Claim => ({
    id: `conservation.${explainer}`,
    claim: claim(explainer),
    paper: "exact up to rounding",
    ours: worst,
    pass: worst <= 1e-4,
  }));
  if (claims.some(({ id }) => id === "conservation.lrp")) return claims;
  const why = "needs the explainer lrp";
  return [unchecked("conservation.lrp", claim("lrp"), "exact up to rounding", why), ...claims];
}

function probeWordClaim(probeWord: WordRelevance | undefined): Claim {
  const id = "heatmap.ride";
  const claim = 'sci.space/61393: "ride" is negative under LRP for every target but ' +
    `${rideClass}, and not negative under SA`;
  const paper = "strongly negative under LRP, weakly positive under SA";
  const byTarget = probeWord?.byExplainer.lrp;
  if (!byTarget) return unchecked(id, claim, paper, "needs sci.space/61393 and the explainer lrp");
  const others = Object.entries(byTarget).filter(([target]) => target !== rideClass);
  const negative = others.filter(([, value]) => value < 0).length;
  const shown = ["sci.space", "sci.med", rideClass];
  const sa = Object.values(probeWord.byExplainer.sa ?? {});
  return {
    id,
    claim,
    paper,
    ours: {
      negativeTargets: `${negative} of ${others.length}`,
      ...Object.fromEntries(
        shown.filter((target) => target in byTarget).map((target) => [target, byTarget[target]!]),
      ),
      ...(sa.length > 0 && { smallestSa: Math.min(...sa) }),
    },
    pass: negative === others.length && sa.every((value) => value >= 0),
  };
}

/**
 * Checks every statement of Arras et al. 2016 that can be checked. A statement that compares holds
 * only if the difference exceeds its 95 % interval over documents. One that fails says so; one whose
 * explainers were not run, or that is about another corpus or too few documents, is marked as not
 * checked.
 *
 * @param facts What was measured.
 * @returns The ledger, in the order of the paper.
 */
export function makeLedger(facts: Facts): Claim[] {
  return [
    ...countClaims(facts),
    duplicatesClaim(facts),
    accuracyClaim(facts),
    ...conservationClaims(facts),
    ...deletionClaims(facts),
    probeWordClaim(facts.probeWord),
    ...pcaClaims(facts.panels, facts.seed),
  ];
}
