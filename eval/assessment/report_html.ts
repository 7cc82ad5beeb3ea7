import { count, fragment, Html } from "../report/html_elements.ts";
import { htmlPage } from "../report/page_head.ts";
import { classifierSection, tiles } from "./_classifier.ts";
import { deletionSection } from "./_deletion.ts";
import { findingsTable, methodsSection, vectorsSection } from "./_details.ts";
import { errorsSection, typicalSection } from "./_examples.ts";
import { trustSection, trustSentence } from "./_trust.ts";
import { wordsSection } from "./_words.ts";
import type { AssessmentData } from "./report_data.ts";
import { pointsCss, pointsEnd, reportPolicy } from "../report/points_script.ts";
import { assessmentCss } from "./style.ts";

/**
 * The report on one's own texts: one self-contained HTML file that needs no network and no other file.
 * Its one script, which its policy knows by its digest, tells what the points of document vectors stand for.
 *
 * @param data What it shows.
 * @param figures The figures, as {@linkcode assessmentFigures} draws them.
 * @returns The whole page.
 */
export async function assessmentHtml(
  data: AssessmentData,
  figures: ReadonlyMap<string, string>,
): Promise<string> {
  const title = `How the model does on ${data.corpus}, and why`;
  const section = (name: string, content: Html) =>
    fragment`<section><h2>${name}</h2>
${content}</section>`;
  const points = data.panels.length > 0 ? data.points : undefined;
  const content = fragment`<p class="subtitle">${
    count(data.documents.test)
  } texts; model ${data.model}</p>
${data.notices.map((notice) => fragment`<p class="notice" role="note">${notice}</p>`)}
${tiles(data)}
<p>${trustSentence(data)}</p>
${section("Which classes are confused", classifierSection(data, figures))}
${section("Sure, and wrong", errorsSection(data))}
${section("Typical texts, classified right", typicalSection(data))}
${section("Words for and against each class", wordsSection(data))}
${section(`What deleting ${data.scores[0].unit}s does`, deletionSection(data, figures))}
${section("May these explanations be trusted?", trustSection(data))}
${data.panels.length > 0 && section("Texts as vectors", vectorsSection(data, figures))}
${section("What was checked", findingsTable(data))}
${section("How it was done", methodsSection(data))}
<footer>Made by heatword.</footer>`;
  return htmlPage({
    title,
    css: assessmentCss() + pointsCss,
    policy: await reportPolicy(points),
    content,
    end: pointsEnd(points),
  });
}
