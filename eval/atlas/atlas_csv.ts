import { stringify } from "@std/csv";
import type { Interval } from "../statistics/mod.ts";
import type { Atlas } from "./atlas_types.ts";

/** The tables of an atlas, by their names; each is a CSV file with a header. */
export interface AtlasTables {
  /** A row for each listed word of each class. */
  readonly words: string;
  /** A row for each filter, with its weight for each class. */
  readonly filters: string;
  /** A row for each n-gram of each filter. */
  readonly ngrams: string;
}

type Row = Record<string, string | number>;

function table(rows: readonly Row[], columns: readonly string[]): string {
  return stringify([...rows], { columns: [...columns] });
}

/** What the columns of the words of an n-gram are called. */
const PLACES = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"];

/** The columns of the words of the longest n-gram, two at least. */
const placesIn = ({ filters }: Atlas): string[] =>
  Array.from(
    { length: filters.reduce((max, { width }) => Math.max(max, width), 2) },
    (_, k) => PLACES[k] ?? `word ${k + 1}`,
  );

/** The ends of an interval; nothing where there are none. */
function ends(name: string, { low, high }: Interval): Row {
  const end = (value: number) => Number.isFinite(value) ? value : "";
  return { [`${name}_low`]: end(low), [`${name}_high`]: end(high) };
}

function wordRows({ classes }: Atlas): Row[] {
  return classes.flatMap((entry) =>
    (["for", "against"] as const).flatMap((side) =>
      entry[side].map((
        { word, total, totalInterval, mean, meanInterval, count, documents, examples },
        i,
      ): Row => {
        const [example] = examples;
        return {
          class: entry.name,
          side,
          rank: i + 1,
          word,
          total,
          ...ends("total", totalInterval),
          mean,
          ...ends("mean", meanInterval),
          count,
          documents,
          example: example ? example.before + example.word + example.after : "",
          example_document: example?.id ?? "",
          example_relevance: example?.relevance ?? "",
        };
      })
    )
  );
}

function filterRows({ filters, classes }: Atlas): Row[] {
  return filters.map(({ filter, fired, mean, weights, documents }) => ({
    filter,
    fired,
    mean,
    documents: documents.map(({ id }) => id ?? "").join(" "),
    ...Object.fromEntries(classes.map(({ name }, c) => [`weight ${name}`, weights[c]!])),
  }));
}

function ngramRows(atlas: Atlas): Row[] {
  const places = placesIn(atlas);
  return atlas.filters.flatMap((entry) =>
    (["frequent", "strongest"] as const).flatMap((list) =>
      entry[list].map(({ words, count, activation }, i): Row => {
        const { filter } = entry;
        // Nothing stands for a word without a vector, and beyond the width of the filter.
        const named = Object.fromEntries(places.map((place, k) => [place, words[k] ?? ""]));
        return { filter, list, rank: i + 1, ...named, count, activation };
      })
    )
  );
}

/**
 * Writes an atlas as tables.
 *
 * @param atlas The atlas.
 * @returns CSV files, by what a row of them is.
 */
export function atlasCsv(atlas: Atlas): AtlasTables {
  const weights = atlas.classes.map(({ name }) => `weight ${name}`);
  return {
    words: table(wordRows(atlas), [
      "class",
      "side",
      "rank",
      "word",
      "total",
      "total_low",
      "total_high",
      "mean",
      "mean_low",
      "mean_high",
      "count",
      "documents",
      "example",
      "example_document",
      "example_relevance",
    ]),
    filters: table(filterRows(atlas), ["filter", "fired", "mean", "documents", ...weights]),
    ngrams: table(ngramRows(atlas), [
      "filter",
      "list",
      "rank",
      ...placesIn(atlas),
      "count",
      "activation",
    ]),
  };
}
