import { type Document, Random } from "@heatword/core";
import type { Span } from "../audit/mod.ts";
import { type Leak, withLeak, withoutLeak } from "./leak.ts";

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

/** Copies of training texts that show that a leak says nothing. */
export interface CounterExamples {
  /** Copies of those that have the leak, without it. */
  readonly without: readonly LearnedText[];
  /** Copies of others, with it. */
  readonly with: readonly LearnedText[];
}

/** Finds where texts have a leak. */
export function leakingTexts(
  texts: readonly LearnedText[],
  leak: Leak,
  read: (text: string) => Document,
): LeakingText[] {
  return texts.map(({ text, label }) => ({ text, label, spans: leak.spans(read(text)) }));
}

/**
 * Counter-examples against a leak, after CAIPI (Teso & Kersting 2019, doi:10.1145/3306618.3314293): each
 * text that has it is copied without it, and texts of other classes are copied with it, so many that
 * it is as frequent in each class. Then it tells nothing of the class, and whatever else tells it has
 * been seen alone. Copies keep their class.
 *
 * @param texts The texts to learn from, and where they have the leak.
 * @param leak The leak.
 * @param seed Draws which texts get it, where, and in which form.
 * @returns The copies; none where no text has the leak.
 */
export function counterExamples(
  texts: readonly LeakingText[],
  leak: Leak,
  seed: number,
): CounterExamples {
  const random = new Random(seed);
  const having = texts.filter(({ spans }) => spans.length > 0);
  const forms = having.flatMap(({ text, spans }) => spans.map((span) => text.slice(...span)));
  const without = having.map(({ text, label, spans }) => {
    return { text: withoutLeak(text, leak, spans), label };
  });
  const byClass = [...Map.groupBy(texts, ({ label }) => label)].map(([label, own]) => {
    const leaking = own.filter(({ spans }) => spans.length > 0).length;
    // With the copies without the leak.
    return { label, own, leaking, size: own.length + leaking };
  });
  const rate = Math.max(0, ...byClass.map(({ leaking, size }) => leaking / size));
  const added = byClass.flatMap(({ label, own, leaking, size }) => {
    const free = own.filter(({ spans }) => spans.length === 0);
    const wanted = Math.round((rate * size - leaking) / (1 - rate));
    const order = random.shuffle(Int32Array.from(free.keys())).subarray(0, wanted).sort();
    return Array.from(order, (i) => {
      return { text: withLeak(free[i]!.text, leak, forms, random), label };
    });
  });
  return { without, with: added };
}
