import { capital, count, duration, fragment, type Html, table } from "./html_elements.ts";
import type { ReportData } from "./report_data.ts";

/** What was done, in words. */
export function methodsSection(data: ReportData): Html {
  const { explainers, settings, documents } = data;
  const { random, unit = "word" } = data.deletion[0];
  const grouped = unit !== "word" &&
    `Here each ${unit} is deleted as a whole: all its words at once. `;
  const taking = data.deletion[0].documents + data.deletion[1].documents;
  const [runs, deletions] = [random.runs.length, random.accuracy.length - 1];
  const described = explainers.map(({ name, description, citation }) =>
    fragment`<dt><code>${name}</code></dt><dd>${description}. ${citation}.</dd>`
  );
  const duplicates = data.duplicates
    ? `Duplicates are counted by the words of whole texts, upper and lower case alike: the same words in ` +
      `the same order, or at least ${100 * data.duplicates.share} % of the distinct runs of ` +
      `${data.duplicates.size} words in one training document.`
    : "";
  const training = documents.train > 0 ? `${count(documents.train)} training and ` : "";
  return fragment`<p><b>Data.</b> ${capital(data.corpus)}: ${training}${
    count(documents.test)
  } test documents. ${data.preparation}</p>
<p><b>Classifier.</b> ${data.classifier}</p>
<p><b>${
    capital(unit)
  } deletion.</b> Deleting a word sets its vector to zero. ${grouped}Only test documents of ${data.minLength} tokens or more take part (${
    count(taking)
  }). ${capital(unit)}s of equal relevance go in text order. Random
deletion is repeated ${runs} times; its standard deviation has n − 1 in the denominator. The area
below a curve is the mean accuracy over 0 to ${deletions} deleted ${unit}s.</p>
<p><b>Intervals.</b> The unit is the document. A difference of areas is resampled over documents, the
same ones for both curves (paired bootstrap, BCa after Efron 1987, 10,000 seeded resamples). A silhouette
enters by what each document contributes to it when it is left out, the planes as drawn. Accuracy:
standard error √(a (1 − a) / n), interval after Wilson 1927. ${duplicates}</p>
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
