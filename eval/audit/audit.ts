import type { Document } from "@heatword/core";
import { associatedFeatures, LEAST_TEXTS } from "./associate.ts";
import { clusterDecisions, type DecisionCluster } from "./clusters.ts";
import { nameOf } from "./features.ts";
import { type Finding, type Judged, type NotSeen, rankFindings } from "./findings.ts";
import { type GroupUse, groupUses } from "./group_uses.ts";
import { judgeCompany, type Placed } from "./judge.ts";
import { type Probe, type ProbeLimits, probeOf, readProbe } from "./probes.ts";
import { askAll, type Asked } from "./run/asking.ts";
import type { ExplainedDocument } from "./run/messages.ts";
import { ALARM, suspicionOf } from "./suspicion.ts";
import { type ExplainedText, tallyFeatures } from "./tally.ts";

/** How an audit is made. */
export interface AuditOptions extends ProbeLimits {
  /** How many features are tried on the model. */
  readonly candidates: number;
  /** How many findings there are at most; alarms all are there. */
  readonly findings: number;
  /** Where all randomness starts. */
  readonly seed: number;
}

/** What is taken where nothing is said. */
export const auditDefaults: AuditOptions = {
  candidates: 120,
  findings: 50,
  insertions: 60,
  deletions: 500,
  seed: 0,
};

/** What an audit did not look at, or does not tell. */
export interface NotLookedAt {
  /** Features that one class has more often than others, and that were compared with no other text. */
  readonly notCompared: number;
  /** Features that were compared, and not tried on the model, as others are more suspicious. */
  readonly notTried: number;
  /** Features that were tried and change no score: the model does not see them. */
  readonly unseen: number;
  /** Findings of less suspicion that are not told. */
  readonly untold: number;
  /** Classes of which there are too few texts to find anything that they have alone. */
  readonly fewTexts: readonly string[];
  /** Classes that too few texts are predicted as to make clusters of. */
  readonly notClustered: readonly string[];
}

/** What an audit found. */
export interface Audit {
  /** How many texts were looked at. */
  readonly documents: number;
  /** How many of them the model gets right. */
  readonly correct: number;
  /** From where a finding is an alarm. */
  readonly threshold: number;
  /** What the model should perhaps not look at, strongest first. */
  readonly findings: readonly Finding[];
  /** What is in the texts like a leak, and not seen by this model: another one may see it. */
  readonly notSeen: readonly NotSeen[];
  /** How much the model looks at each group of tokens. */
  readonly groups: readonly GroupUse[];
  /** Texts by how they are decided. */
  readonly clusters: readonly DecisionCluster[];
  /** What was left out. */
  readonly left: NotLookedAt;
}

/** So many features are looked at before some are tried on the model. */
const LOOKED_AT = 1500;
/** Texts that are explained in one task. */
const TOGETHER = 16;

/** Explains all texts. */
export async function explainTexts(
  asked: Asked,
  documents: readonly Document[],
): Promise<ExplainedText[]> {
  const tasks = Array.from({ length: Math.ceil(documents.length / TOGETHER) }, (_, k) => ({
    name: `explain ${k}`,
    documents: documents.slice(k * TOGETHER, (k + 1) * TOGETHER),
  }));
  const results = await askAll(asked, tasks, "Explaining");
  const explained = results.flatMap(({ explained }) => explained as readonly ExplainedDocument[]);
  return documents.map((document, i) => {
    const { predicted, relevance } = explained[i]!;
    const label = asked.model.classes.indexOf(document.label ?? "");
    return { document, predicted, relevance, label: label < 0 ? predicted : label };
  });
}

/** Of each kind so many are tried in any case, as a share of all. */
const OF_EACH_KIND = 0.1;

/** The features that are most suspicious before the model is asked. */
function mostSuspicious(placed: readonly Placed[], sizes: readonly number[], most: number) {
  const texts = sizes.reduce((sum, size) => sum + size, 0);
  const order = placed.map((feature) => {
    const known = { ...feature, size: sizes[feature.target]!, texts, effect: 1 };
    return { feature, total: suspicionOf(known).total };
  }).sort((a, b) => b.total - a.total || (nameOf(a.feature) < nameOf(b.feature) ? -1 : 1))
    .map(({ feature }) => feature);
  const first = [...Map.groupBy(order, ({ kind }) => kind).values()]
    .flatMap((some) => some.slice(0, Math.ceil(OF_EACH_KIND * most)));
  return [...new Set([...first, ...order])].slice(0, most);
}

/**
 * Looks for what a model should perhaps not look at.
 *
 * @param asked The model, the explainer, and who does the work.
 * @param documents The texts, as the model reads them, with their classes.
 * @param options How much is tried.
 * @throws {RangeError} If there are no texts.
 */
export async function audit(
  asked: Asked,
  documents: readonly Document[],
  options: Partial<AuditOptions> = {},
): Promise<Audit> {
  const settings = { ...auditDefaults, ...options };
  const { seed, candidates } = settings;
  if (documents.length === 0) throw new RangeError("Cannot audit a model without texts");
  const { classes } = asked.model;
  const texts = await explainTexts(asked, documents);
  const sizes = classes.map((_, c) => texts.filter(({ label }) => label === c).length);
  const associated = associatedFeatures(tallyFeatures(texts, classes.length), sizes);
  const placed = judgeCompany(
    texts,
    associated.slice(0, LOOKED_AT),
    classes.length,
    seed,
    asked.onProgress,
  );
  const first = mostSuspicious(placed, sizes, candidates);
  const probes: Probe[] = first.map((feature) => probeOf(texts, feature, settings, seed));
  const answers = await askAll(asked, probes.flatMap(({ tasks }) => tasks), "Trying");
  const judged = first.map((feature, k): Judged => ({
    feature,
    probed: readProbe(
      texts,
      feature,
      probes[k]!,
      answers.slice(3 * k, 3 * k + 3).map(({ scored }) => scored!),
    ),
  }));
  const { findings, notSeen, ...left } = rankFindings(texts, judged, classes, settings.findings);
  const { clusters, few } = clusterDecisions(texts, classes, seed);
  return {
    documents: documents.length,
    correct:
      texts.filter(({ document, predicted }) => document.label === classes[predicted]).length,
    threshold: ALARM,
    findings,
    notSeen,
    groups: await groupUses(asked, texts, settings.deletions, seed),
    clusters,
    left: {
      notCompared: associated.length - placed.length,
      notTried: placed.length - first.length,
      ...left,
      fewTexts: classes.filter((_, c) => sizes[c]! < LEAST_TEXTS),
      notClustered: few,
    },
  };
}
