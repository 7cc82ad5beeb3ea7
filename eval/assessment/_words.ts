import { explainerLabel } from "../pca/panels.ts";
import { count, fixed, fragment, type Html, table } from "../report/html_elements.ts";
import { tooFew } from "../statistics/fewest_judged.ts";
import { type ClassWords, FEWEST_TEXTS, type WordFigure } from "./class_words.ts";
import type { AssessmentData, WordsOfClasses } from "./report_data.ts";

/** So many classes stand there openly; the others can be unfolded. */
const OPEN_CLASSES = 6;

function list(name: string, side: "for" | "against", words: readonly WordFigure[]): Html {
  if (words.length === 0) {
    return fragment`<p class="hint">No word speaks ${side} it with an interval that keeps away from 0.</p>`;
  }
  return table({
    caption: fragment`${side === "for" ? "For" : "Against"} ${name}`,
    label: `Words ${side} ${name}`,
    columns: ["Word", "Relevance", "95 % interval", "Texts"],
    numbers: true,
    rows: words.map(({ word, mean, low, high, texts }) => [
      word,
      fixed(mean),
      `${fixed(low)} to ${fixed(high)}`,
      count(texts),
    ]),
  });
}

function classHtml({ name, texts, ...words }: ClassWords): Html {
  if (texts < FEWEST_TEXTS) {
    return fragment`<h3>${name}</h3><p class="hint">${tooFew(texts)}</p>`;
  }
  return fragment`<h3>${name}</h3><div class="word-lists"><div>${
    list(name, "for", words.for)
  }</div><div>${list(name, "against", words.against)}</div></div>`;
}

/** Whether what speaks for the one of two classes is what speaks against the other. */
function areOpposite([a, b, ...more]: readonly ClassWords[]): boolean {
  if (!a || !b || more.length > 0) return false;
  const same = (one: readonly WordFigure[], other: readonly WordFigure[]) =>
    one.length === other.length &&
    one.every(({ word, mean }, i) =>
      word === other[i]!.word && Math.abs(mean + other[i]!.mean) <= 1e-6 * Math.abs(mean)
    );
  return same(a.for, b.against) && same(a.against, b.for);
}

function wordsHtml({ explainer, allClasses, texts, classes }: WordsOfClasses): Html {
  const areSame = areOpposite(classes);
  const open = classes.slice(0, areSame ? 1 : OPEN_CLASSES);
  const rest = classes.slice(areSame ? classes.length : OPEN_CLASSES);
  return fragment`<p>Relevance by ${
    explainerLabel(explainer)
  } of a word in a text, all its occurrences
together, the mean over the texts in which it stands; of ${count(texts)} texts, ${
    allClasses
      ? "each for every class"
      : "each for its true, its predicted and its next likely class"
  }. Words of at least ${FEWEST_TEXTS} texts are ordered by the end of their interval (Student's t) that is
nearer to 0, so that neither a frequent word that says little nor a rare one comes first. The intervals are
of each word alone. Upper and lower case are alike.</p>
${open.map(classHtml)}
${
    areSame &&
    fragment`<p class="hint">For ${classes[1]!.name} the same words say the opposite.</p>`
  }
${
    rest.length > 0 &&
    fragment`<details><summary>${count(rest.length)} more classes</summary>${
      rest.map(classHtml)
    }</details>`
  }`;
}

/** Words for and against each class. */
export function wordsSection({ words }: AssessmentData): Html {
  return typeof words === "string" ? fragment`<p>Not told: ${words}.</p>` : wordsHtml(words);
}
