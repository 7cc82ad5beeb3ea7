import { type ColorLevel, type Palette, palette } from "./_ansi.ts";
import { conservationLine, cutNote, legend, notes, question, scoreLine } from "./_figures.ts";
import { leftOutNote, plainText } from "@heatword/eval/heatmap";
import { type Cell, layOut, type Measure } from "./_layout.ts";
import { ledgerTable } from "./_ledger.ts";
import { type Marking, marking, markRow } from "./_marks.ts";
import { shortText } from "./_pieces.ts";
import { formatNumber, formatSigned } from "../numbers/format_number.ts";
import { visible } from "./_visible.ts";
import { type Explanation, type TopWord, topWords } from "./explanation.ts";

export type { ColorLevel } from "./_ansi.ts";
export type { Measure } from "./_layout.ts";

/** Options of {@linkcode renderTerminal}. */
export interface TerminalOptions {
  /** The width of the terminal; lines are not broken without one. @default {Infinity} */
  readonly columns?: number;
  /** What the terminal can show. @default {0} */
  readonly colors?: ColorLevel;
  /** How many top words for and against. @default {5} */
  readonly top?: number;
  /** Tells how many columns a text takes. @default {one a character} */
  readonly measure?: Measure;
}

/** A line and how many columns it takes. */
interface Line {
  readonly text: string;
  readonly width: number;
}

/** Explanations stand side by side where each gets this many columns. */
const NARROWEST = 56;
const GAP = 3;
/** How many characters of a unit a list has room for. */
const SHORT = 24;

/** The heatmap proper: every line of the text and, where it has any, its marks. */
function heatmap(
  explanation: Explanation,
  columns: number,
  style: Palette,
  measure: Measure,
): [Line, Line | undefined][] {
  const marks = marking(explanation);
  return layOut(explanation.text, columns, measure).map((cells) => {
    const row = markRow(cells, marks);
    return [
      { text: painted(cells, marks, style), width: widthOf(cells) },
      row === "" ? undefined : { text: style.dim(row), width: row.length },
    ];
  });
}

/** Heatmaps that will stand side by side: a line has marks in all of them or in none. */
function alignedHeatmaps(maps: readonly [Line, Line | undefined][][]): Line[][] {
  const marked = (y: number) => maps.some((map) => map[y]?.[1] !== undefined);
  return maps.map((map) =>
    map.flatMap(([text, row], y) => marked(y) ? [text, row ?? line("")] : [text])
  );
}

const widthOf = (cells: readonly Cell[]) => cells.reduce((sum, { width }) => sum + width, 0);

/** A line of the text: each run of one token, or between tokens, gets its codes once. */
function painted(cells: readonly Cell[], marks: Marking, style: Palette): string {
  let line = "";
  for (let i = 0; i < cells.length;) {
    const kind = kindOf(cells[i]!, marks);
    let run = "";
    while (i < cells.length && kindOf(cells[i]!, marks) === kind) run += cells[i++]!.shown;
    line += kind === -2 ? style.dim(run) : kind < 0 ? run : style.word(run, marks.strengths[kind]!);
  }
  return line;
}

/** The token of a cell, −1 for none, −2 for what the model did not see. */
function kindOf({ offset }: Cell, marks: Marking): number {
  return marks.unseenAt[offset]! > 0 ? -2 : marks.tokenAt[offset]!;
}

/** Breaks a sentence into lines; the second and later ones are indented. */
function wrapped(sentence: string, columns: number, measure: Measure): Line[] {
  return layOut(sentence, Math.max(2, columns - 2), measure).map((cells, i) => ({
    text: (i === 0 ? "" : "  ") + cells.map((cell) => cell.shown).join(""),
    width: widthOf(cells) + (i === 0 ? 0 : 2),
  }));
}

function topTable(explanation: Explanation, count: number, style: Palette, measure: Measure) {
  const top = topWords(explanation, count);
  const cellsOf = (words: readonly TopWord[], title: string) => {
    const values = words.map(({ token: { relevance } }) =>
      explanation.signed ? formatSigned(relevance) : formatNumber(relevance)
    );
    const width = Math.max(0, ...values.map((value) => value.length));
    return [
      { text: title, width: title.length },
      ...words.map(({ token, position }, i): Line => {
        const place = ` ${explanation.unit ?? "word"} ${position}`;
        const shown = explanation.units ? shortText(token.text, SHORT) : token.text;
        const word = `${values[i]!.padStart(width)} ${visible(shown)}`;
        return { text: word + style.dim(place), width: textWidth(word, measure) + place.length };
      }),
    ];
  };
  const left = cellsOf(top.for, explanation.signed ? "for" : "matters most");
  if (!explanation.signed && top.against.length === 0) return left;
  const second = explanation.signed ? "against" : "below zero";
  const column = explanation.units ? 26 + SHORT : 26;
  return beside([left, cellsOf(top.against, second)], [column, column]);
}

const textWidth = (text: string, measure: Measure) =>
  /[^\0-\x7f]/.test(text) ? measure(text) : text.length;

/** Puts blocks of lines beside each other. */
function beside(blocks: readonly (readonly Line[])[], widths: readonly number[]): Line[] {
  const height = Math.max(...blocks.map((block) => block.length));
  return Array.from({ length: height }, (_, y) => {
    let text = "";
    let width = 0;
    let column = 0;
    blocks.forEach((block, x) => {
      const line = block[y];
      if (line && line.width > 0) {
        const pad = Math.max(x === 0 ? 0 : 1, column - width);
        text += " ".repeat(pad) + line.text;
        width += pad + line.width;
      }
      column += widths[x]! + GAP;
    });
    return { text, width };
  });
}

function ledgerLines({ ledger }: Explanation): Line[] {
  if (!ledger) return [];
  const { head, rows: entries } = ledgerTable(ledger, "  ");
  const rows = [head, ...entries.map((row) => row.map(visible))];
  const widths = rows[0]!.map((_, x) => Math.max(...rows.map((row) => row[x]!.length)));
  return [
    line(""),
    ...rows.map((row) =>
      line(
        row.map((field, x) => x < 2 ? field.padEnd(widths[x]!) : field.padStart(widths[x]!))
          .join("  "),
      )
    ),
  ];
}

const line = (text: string): Line => ({ text, width: text.length });

/** What stands above and below a heatmap. */
function block(
  explanation: Explanation,
  map: readonly Line[],
  columns: number,
  { top, measure }: Required<Pick<TerminalOptions, "top" | "measure">>,
  style: Palette,
): Line[] {
  const title = visible(question(explanation) + (explanation.id ? ` (${explanation.id})` : ""));
  const figures = [
    scoreLine(explanation),
    conservationLine(explanation),
    legend(explanation),
    ...[cutNote(explanation), leftOutNote(explanation), ...notes(explanation)].map(plainText),
  ].filter((text): text is string => text !== undefined && text !== "");
  return [
    ...wrapped(title, columns, measure).map(({ text, width }) => ({
      text: style.bold(text),
      width,
    })),
    line(""),
    ...map,
    line(""),
    ...(top > 0 && explanation.tokens.length > 0
      ? [...topTable(explanation, top, style, measure), line("")]
      : []),
    ...figures.flatMap((text) => wrapped(visible(text), columns, measure)),
    ...ledgerLines(explanation),
  ];
}

/**
 * A heatmap for a terminal: the whole text as written, each word on red or blue by how much it
 * speaks for or against the target, what the model does not see in grey, and below each line the marks
 * that say the same without colour. Control characters of the text are shown, never sent.
 *
 * @param explanations What was found; several stand side by side where the width allows.
 * @param options Width and colours of the terminal, how many top words.
 * @returns The text to print.
 */
export function renderTerminal(
  explanations: readonly Explanation[],
  options: TerminalOptions = {},
): string {
  const columns = Math.max(20, options.columns ?? Infinity);
  const style = palette(options.colors ?? 0);
  const fit = columns === Infinity ? 1 : Math.floor((columns + GAP) / (NARROWEST + GAP));
  const abreast = Math.max(1, Math.min(explanations.length, fit));
  const width = abreast === 1 ? columns : Math.floor((columns + GAP) / abreast) - GAP;
  const { top = 5, measure = (text: string) => [...text].length } = options;
  const rows: string[] = [];
  for (let i = 0; i < explanations.length; i += abreast) {
    const group = explanations.slice(i, i + abreast);
    const maps = alignedHeatmaps(group.map((one) => heatmap(one, width, style, measure)));
    const blocks = group.map((one, x) => block(one, maps[x]!, width, { top, measure }, style));
    const lines = blocks.length === 1 ? blocks[0]! : beside(blocks, blocks.map(() => width));
    rows.push(lines.map(({ text }) => `${text.trimEnd()}\n`).join(""));
  }
  return rows.join("\n");
}
