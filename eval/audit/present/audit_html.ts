import { count, fixed, fragment, Html, percent, table } from "../../report/html_elements.ts";
import { pageHead } from "../../report/page_head.ts";
import { reportCss } from "../../report/style.ts";
import type { Audit } from "../audit.ts";
import { leftOutTexts, notSeenTexts } from "./left_out.ts";
import type { Counted, Finding } from "../findings.ts";

/** What the page tells beside the findings. */
export interface AboutAudit {
  /** What was given as the model. */
  readonly model: string;
  /** What the texts are called. */
  readonly corpus: string;
  /** Name of the explainer. */
  readonly explainer: string;
  /** The seed. */
  readonly seed: number;
}

/** A share with its interval below. */
function share(value: number, low: number, high: number): Html {
  return fragment`${percent(value)}<br><small>${percent(low)} … ${percent(high)}</small>`;
}

function countedCell({ count: found, of, low, high }: Counted): Html | string {
  if (low === null || high === null) return "–";
  return fragment`${count(found)} of ${count(of)}<br><small>${percent(low)} … ${
    percent(high)
  }</small>`;
}

function findingsTable(findings: readonly Finding[]): Html {
  return table({
    caption: fragment`<strong>Table 1.</strong> What the model should perhaps not look at, the most
suspicious first, with 95 % intervals. Mass: its share of the relevance for the class, over texts that are
predicted as it. Without it: predictions that change when it is deleted. Put in: texts of other classes
that are predicted as the class when it is put into them.`,
    columns: [
      "rank",
      "what",
      "class",
      "suspicion",
      "mass",
      "texts",
      "without it",
      "put in",
      "examples",
    ],
    rows: findings.map((finding) => [
      String(finding.rank),
      fragment`<strong>${finding.what}</strong><br><small>${finding.kind}${
        finding.phrase !== finding.what.toLowerCase() && `, in “${finding.phrase}”`
      }</small>`,
      finding.class,
      fragment`${fixed(finding.suspicion.total, 1)}${
        finding.alarm && new Html('<br><strong class="fails">alarm</strong>')
      }`,
      share(finding.mass, finding.low, finding.high),
      fragment`${count(finding.documents)}<br><small>${
        count(finding.ofClass)
      } of the class</small>`,
      countedCell(finding.deleted),
      countedCell(finding.inserted),
      fragment`<small>${finding.examples.join(", ")}</small>`,
    ]),
  });
}

function groupsTable({ groups }: Audit): Html {
  return table({
    caption:
      fragment`<strong>Table 2.</strong> Groups of tokens: their share of the relevance for the
predicted class over all texts, and of the class where it is largest; predictions that change without all
of their members.`,
    columns: ["group", "texts", "mass", "most in", "there", "without them"],
    rows: groups.map((group) => [
      fragment`<strong>${group.what}</strong><br><small>${group.about}</small>`,
      count(group.documents),
      share(group.mass, group.low, group.high),
      group.class,
      percent(group.massInClass),
      countedCell(group.deleted),
    ]),
  });
}

function clustersTable({ clusters }: Audit): Html {
  return table({
    caption:
      fragment`<strong>Table 3.</strong> Texts by how they are decided: clusters of each predicted
class by the words that carry its relevance. Odd ones, small and on few words, come first.`,
    columns: ["class", "texts", "words, with their share of the relevance", "examples"],
    rows: clusters.map((cluster) => [
      fragment`${cluster.class}${
        cluster.odd && new Html('<br><strong class="fails">odd</strong>')
      }`,
      fragment`${count(cluster.documents)}<br><small>${percent(cluster.share)}</small>`,
      cluster.words.map(({ word, share }) => `${word} ${percent(share, 0)}`).join(", "),
      fragment`<small>${cluster.examples.join(", ")}</small>`,
    ]),
  });
}

/**
 * An audit as one page that needs no network, no script and no other file.
 *
 * @param audit What was found.
 * @param about Of what.
 * @returns The whole page.
 */
export function auditHtml(audit: Audit, about: AboutAudit): string {
  const alarms = audit.findings.filter(({ alarm }) => alarm).length;
  const left = leftOutTexts(audit.left);
  const notSeen = notSeenTexts(audit);
  const page = fragment`${
    pageHead({ title: "What should this model not look at?", css: reportCss() })
  }
<body>
<main>
<h1>What should this model not look at?</h1>
<p class="subtitle">${count(audit.documents)} texts of ${about.corpus}, ${
    count(audit.correct)
  } of them classified correctly; model ${about.model}; explained by ${about.explainer}; seed ${about.seed}</p>
<p>${
    alarms === 0 ? "No finding is" : alarms === 1 ? "One finding is" : `${alarms} findings are`
  } above the threshold of ${fixed(audit.threshold, 1)}.</p>
${findingsTable(audit.findings)}
<p>A finding is suspicious where it is in texts of one class alone, moves other texts to that class, and
stands in texts whatever else they say: the rest of a text does not tell whether it is there, as it would
of a word that belongs to a subject. The suspicion is a sum of log-likelihood ratios in nats.</p>
${notSeen.map((line) => fragment`<p>${line.slice(0, 1).toUpperCase()}${line.slice(1)}.</p>`)}
<h2>Groups of tokens</h2>
${groupsTable(audit)}
<h2>How texts are decided</h2>
${clustersTable(audit)}
<h2>What was left out</h2>
${
    left.length === 0
      ? fragment`<p>Nothing.</p>`
      : fragment`<ul>${left.map((line) => fragment`<li>${line}</li>`)}</ul>`
  }
</main>
</body>
</html>
`;
  return page.source;
}
