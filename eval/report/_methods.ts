import { count, duration, fragment, type Html, table } from "./_html.ts";
import type { ReportData } from "./report_data.ts";

/** What was done, in words. */
export function methodsSection(data: ReportData): Html {
  const { explainers, settings, documents } = data;
  const { random } = data.deletion[0];
  const taking = data.deletion[0].documents + data.deletion[1].documents;
  const [runs, deletions] = [random.runs.length, random.accuracy.length - 1];
  const described = explainers.map(({ name, description, citation }) =>
    fragment`<dt><code>${name}</code></dt><dd>${description}. ${citation}.</dd>`
  );
  const training = documents.train > 0 ? `${count(documents.train)} training and ` : "";
  return fragment`<p><b>Data.</b> ${capital(data.corpus)}: ${training}${
    count(documents.test)
  } test documents. ${data.preparation}</p>
<p><b>Classifier.</b> ${data.classifier}</p>
<p><b>Word deletion.</b> Deleting a word sets its vector to zero. Only test documents of ${data.minLength} tokens or more take part (${
    count(taking)
  }). Words of equal relevance go in text order. Random
deletion is repeated ${runs} times; its standard deviation has n − 1 in the denominator. The area
below a curve is the mean accuracy over 0 to ${deletions} deleted words; standard errors are over
documents, paired.</p>
<p><b>Document vectors.</b> Relevance is for the predicted class. Principal components come from the
covariance matrix of the centred vectors; the sign of a component is such that its largest number is
positive. The silhouette (Rousseeuw 1987) is over all documents of the categories, with Euclidean
distance.</p>
<p><b>Explainers.</b></p>
<dl>${described}</dl>
<p>The statements in Table 1 are those of Leila Arras, Franziska Horn, Grégoire Montavon, Klaus-Robert
Müller and Wojciech Samek, “Explaining Predictions of Non-Linear Classifiers in NLP”, 2016.</p>
${
    table({
      caption: fragment`<b>Table 4.</b> Settings and seeds.`,
      columns: ["Setting", "Value"],
      rows: settings,
    })
  }`;
}

const capital = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1);

/** How long it took. */
export function timingTable({ timings }: ReportData): Html {
  const total = timings.reduce((sum, { seconds }) => sum + seconds, 0);
  return table({
    caption: fragment`<b>Table 5.</b> What took how long, up to the writing of this report.`,
    columns: ["Step", "Time", "Note"],
    rows: timings.map(({ step, seconds, note = "" }) => [step, duration(seconds), note]),
    total: ["All", duration(total), ""],
  });
}
