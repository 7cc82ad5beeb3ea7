import { count, duration, Html, html } from "./_html.ts";
import type { ReportData } from "./report_data.ts";

/** What was done, in words. */
export function methodsSection(data: ReportData): Html {
  const [correct] = data.deletion;
  const { explainers, settings } = data;
  return html`
    <p><b>Data.</b> ${data.corpus}: ${count(data.documents.train)} training and ${count(
      data.documents.test,
    )} test documents. Headers are removed; texts are tokenized as NLTK 3.1 does (Punkt, then Treebank);
    tokens of letters, apostrophe, hyphen and dot are kept, the first 400 of each document.</p>
    <p><b>Classifier.</b> Word vectors side by side, a convolution over two consecutive words, ReLU, maximum
    over the whole text, a linear layer to the classes. Scores are taken before softmax. Hyper-parameters and
    the epoch are chosen on a held-out part of the training documents, never on the test documents.</p>
    <p><b>Word deletion.</b> Deleting a word sets its vector to zero. Only test documents of 100 tokens or
    more take part (${count(
      data.documents.length100,
    )}). Words of equal relevance go in text order. Random
    deletion is repeated ${correct.random.runs
      .length} times; its standard deviation has n − 1 in the
    denominator. The area below a curve is the mean accuracy over 0 to ${correct.random.accuracy
      .length - 1} deleted words. Its standard error is over documents, paired.</p>
    <p><b>Document vectors.</b> Relevance is for the predicted class. Principal components come from the
    covariance matrix of the centred vectors; the sign of a component is such that its largest number is
    positive. The silhouette (Rousseeuw 1987) is over all documents of the categories, with Euclidean
    distance.</p>
    <h3>Explainers</h3>
    <dl>${explainers.map(({ name, description, citation }) =>
      html`
        <dt><code>${name}</code></dt>
        <dd>${description}. ${citation}.</dd>
      `
    )}</dl>
    <p>The statements in Table 1 are those of: Leila Arras, Franziska Horn, Grégoire Montavon, Klaus-Robert
    Müller, Wojciech Samek, “Explaining Predictions of Non-Linear Classifiers in NLP”, 2016.</p>
    <div class="scroll">
      <table>
        <caption><b>Table 4.</b> Settings and seeds.</caption>
        <thead>
          <tr>
            <th scope="col">Setting</th>
            <th scope="col">Value</th>
          </tr>
        </thead>
        <tbody>
    ${settings.map(([name, value]) =>
      html`
        <tr>
          <th scope="row">${name}</th>
          <td>${value}</td>
        </tr>
      `
    )}</tbody>
      </table>
    </div>
  `;
}

/** How long it took. */
export function timingTable({ timings }: ReportData): Html {
  const total = timings.reduce((sum, { seconds }) => sum + seconds, 0);
  return html`
    <div class="scroll">
      <table>
        <caption><b>Table 5.</b> What took how long.</caption>
        <thead>
          <tr>
            <th scope="col">Step</th>
            <th scope="col" class="number">Time</th>
            <th scope="col">Note</th>
          </tr>
        </thead>
        <tbody>
    ${timings.map(({ step, seconds, note }) =>
      html`
        <tr>
          <th scope="row">${step}</th>
          <td class="number">${duration(seconds)}</td>
          <td>${note ?? ""}</td>
        </tr>
      `
    )}</tbody>
        <tfoot>
          <tr>
            <th scope="row">All</th>
            <td class="number">${duration(total)}</td>
            <td></td>
          </tr>
        </tfoot>
      </table>
    </div>
  `;
}
