import { heatmapSvg } from "@heatword/eval/heatmap";
import { question, scoreLine } from "./_figures.ts";
import { piecesOf } from "./_pieces.ts";
import { visible } from "./_visible.ts";
import type { Explanation } from "./explanation.ts";

/**
 * SVG: the heatmap as a picture; several stand below each other in one file.
 *
 * @param explanations What was found.
 * @returns The file.
 */
export function renderSvg(explanations: readonly Explanation[]): string {
  const pictures = explanations.map((explanation) => {
    const { document, owner, unknown, names } = piecesOf(explanation);
    const relevance = owner.map((part) => explanation.relevance[part]!);
    return heatmapSvg(document, relevance, {
      signed: explanation.signed,
      unknown,
      ...(names && { names }),
      caption: visible(`${question(explanation)}; ${scoreLine(explanation)}`),
    });
  });
  if (pictures.length === 1) return pictures[0]!;
  let width = 0;
  let height = 0;
  const placed = pictures.map((picture) => {
    const [, w, h] = picture.match(/width="(\d+)" height="(\d+)"/)!;
    const at = height;
    width = Math.max(width, Number(w));
    height += Number(h);
    return picture.replace("<svg ", `<svg y="${at}" `);
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" ` +
    `viewBox="0 0 ${width} ${height}">\n${placed.join("")}</svg>\n`;
}
