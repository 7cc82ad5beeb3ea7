/**
 * What the experiments cost: one document, and what is quadratic in the number of documents.
 *
 * @module
 */
import { type Document, Random } from "@heatword/core";
import { loadWordCnn } from "@heatword/core/word-cnn";
import { evaluateDocument } from "@heatword/eval/corpus";
import { heatmapHtml } from "@heatword/eval/heatmap";
import { findNearDuplicates } from "@heatword/eval/duplicates";
import { defaultPanels, projectToPlane, silhouette, silhouetteInfluence } from "@heatword/eval/pca";
import "@heatword/explainers";

const folder = new URL("./pretrained", import.meta.resolve("@heatword/datasets/newsgroups"));
const { model } = await loadWordCnn(folder);
const random = new Random(1);

/** Frequent words are drawn more often, as in texts. */
function drawnDocument(length: number): Document {
  const words = model.vocabulary.words;
  const texts = Array.from(
    { length },
    () => words[Math.floor(random.uniform() ** 3 * words.length)]!,
  );
  let start = 0;
  const tokens = texts.map((text) => {
    const token = { text, start, end: start + text.length };
    start = token.end + 1;
    return token;
  });
  return { text: texts.join(" "), tokens };
}

const document = drawnDocument(200);
const explainers = ["lrp", "sa"];

Deno.bench("Fig. 1 of a document of 200 words: lrp, sa, 10 random runs, 50 deletions", async () => {
  await evaluateDocument(model, { document, label: 3 }, 0, { explainers, seed: 0, deletion: {} });
});

const panels = defaultPanels(explainers, explainers);
Deno.bench("Fig. 3 of a document of 200 words: the vectors of six panels", async () => {
  await evaluateDocument(model, { document, label: 3 }, 0, { explainers, seed: 0, panels });
});

const relevance = Float64Array.from({ length: 200 }, () => random.normal());
Deno.bench("heatmap of a document of 200 words as HTML", () => {
  heatmapHtml(document, relevance);
});

const count = 7532;
const vectors = Float32Array.from({ length: count * 300 }, () => random.normal());
const groups = Int32Array.from({ length: count }, () => random.below(5));

Deno.bench("PCA of 7,532 vectors of 300 numbers to the plane", { n: 3 }, () => {
  projectToPlane(vectors, 300);
});

const { points } = projectToPlane(vectors, 300);
Deno.bench("silhouette of 7,532 points in the plane", { n: 3 }, () => {
  silhouette(points, 2, groups, 5);
});

const { mean } = silhouette(points, 2, groups, 5);
Deno.bench("what 7,532 points in the plane contribute to the silhouette", { n: 3 }, () => {
  silhouetteInfluence(points, 2, groups, 5, mean);
});

Deno.bench("silhouette of 7,532 vectors of 300 numbers", { n: 1, warmup: 0 }, () => {
  silhouette(vectors, 300, groups, 5);
});

// About the size of 20Newsgroups: 11,314 and 7,532 documents of 280 words.
const drawnText = () => Array.from({ length: 280 }, () => `w${random.below(50_000)}`).join(" ");
const [train, test] = [11_314, 7532].map((length) => Array.from({ length }, drawnText));
Deno.bench("near-duplicates of 7,532 documents among 11,314", { n: 1, warmup: 0 }, () => {
  findNearDuplicates(train!, test!);
});
