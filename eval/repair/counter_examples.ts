import { type Document, Random } from "@heatword/core";
import type { Span } from "../audit/mod.ts";
import { type Leak, leakExamples, withLeak, withoutLeak } from "./leak.ts";

/** A text to learn from. */
export interface LearnedText {
  /** The text. */
  readonly text: string;
  /** Its class. */
  readonly label: string;
}

/** A text to learn from, and where it has a leak. */
export interface LeakingText extends LearnedText {
  /** Where; empty if it has none. */
  readonly spans: readonly Span[];
}

/** Training texts in which a leak says nothing. */
export interface CounterExamples {
  /** All of them, in their order. */
  readonly texts: readonly LearnedText[];
  /** Of how many the leak was taken out. */
  readonly without: number;
  /** Into how many it was put. */
  readonly with: number;
}

/** Finds where texts have a leak. */
export function leakingTexts(
  texts: readonly LearnedText[],
  leak: Leak,
  read: (text: string) => Document,
): LeakingText[] {
  return texts.map(({ text, label }) => ({ text, label, spans: leak.spans(read(text)) }));
}

/** The leak is in no more than this share of the texts of a class. */
const MOST = 0.5;

/**
 * Counter-examples against a leak, after CAIPI (Teso & Kersting 2019, doi:10.1145/3306618.3314293): texts
 * in which what should not matter is varied, and the class stays. The leak is taken out of so many texts,
 * and put into so many others, that it is in the same share of every class: that of the class which
 * has it most, at most a half. It is put in as and where it stands in a text that has it. Every text is
 * there once, with the leak or without: from copies in the other form, networks learned less well.
 *
 * @param texts The texts to learn from, and where they have the leak.
 * @param leak The leak.
 * @param seed Draws which texts lose and get it, where, and in which form.
 * @returns The texts; as they are where none has the leak.
 */
export function counterExamples(
  texts: readonly LeakingText[],
  leak: Leak,
  seed: number,
): CounterExamples {
  const random = new Random(seed);
  const examples = texts.flatMap(leakExamples);
  const byClass = [...Map.groupBy(texts.keys(), (i) => texts[i]!.label).values()];
  const has = (i: number) => texts[i]!.spans.length > 0;
  const rate = Math.min(
    MOST,
    Math.max(0, ...byClass.map((own) => own.filter(has).length / own.length)),
  );
  const changed = new Map<number, string>();
  let [without, having] = [0, 0];
  for (const own of byClass) {
    const [leaking, free] = [own.filter(has), own.filter((i) => !has(i))];
    const surplus = leaking.length - Math.round(rate * own.length);
    const some = (list: readonly number[], count: number) =>
      random.shuffle(Int32Array.from(list)).subarray(0, Math.max(0, count));
    for (const i of some(leaking, surplus)) {
      changed.set(i, withoutLeak(texts[i]!.text, leak, texts[i]!.spans));
      without++;
    }
    for (const i of some(free, -surplus)) {
      changed.set(i, withLeak(texts[i]!.text, leak, examples, random));
      having++;
    }
  }
  return {
    texts: texts.map(({ text, label }, i) => ({ text: changed.get(i) ?? text, label })),
    without,
    with: having,
  };
}
