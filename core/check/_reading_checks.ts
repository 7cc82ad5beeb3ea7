import { type Check, failCheck } from "../checks.ts";
import type { Document } from "../document.ts";
import { checkTokens, checkUnseen } from "./_places.ts";
import type { ModelSubject } from "./_model_subject.ts";
import { longText } from "./_texts.ts";

/** Fails with the name of the text. */
function onText(name: string, run: () => void): void {
  try {
    run();
  } catch (error) {
    failCheck(`${(error as Error).message}, in a text ${name}`);
  }
}

function checkDocument(text: string, document: Document): void {
  const { tokens, unseen = [], truncated = 0 } = document;
  if (document.text !== text) failCheck('"text" is not the text that was read');
  checkTokens(text, tokens);
  checkUnseen(text, tokens, unseen);
  const cut = unseen.filter(({ reason }) => reason === "beyond the limit").length;
  if (!Number.isInteger(truncated) || truncated < 0 || (truncated === 0) !== (cut === 0)) {
    failCheck(`"truncated" is ${truncated}, but ${cut} spans are beyond the limit`);
  }
}

/** Checks of how a model reads texts. */
export const readingChecks: readonly Check<ModelSubject>[] = [{
  name: "reads any text into words in their places, and says what it does not see",
  run({ model, texts }) {
    for (const [name, text] of texts) {
      onText(name, () => checkDocument(text, model.read(text)));
    }
  },
}, {
  name: "keeps the name and the class of a text",
  run({ model, texts }) {
    const about = { id: "a/1", label: model.classes[0]! };
    const { id, label } = model.read(texts[0]![1], about);
    if (id !== about.id) failCheck(`"id" is ${id}, not ${about.id}`);
    if (label !== about.label) failCheck(`"label" is ${label}, not ${about.label}`);
  },
}, {
  name: "gives each word a position that can be deleted",
  run({ model, trials }) {
    for (const { name, text, input: { length } } of trials) {
      const { tokens } = model.read(text);
      if (!Number.isInteger(length) || length < tokens.length) {
        failCheck(`"length" is ${length} for ${tokens.length} words, for a text ${name}`);
      }
    }
  },
}, {
  name: "takes a long text",
  async run(subject) {
    const { model } = subject;
    const words = Math.min(20_000, Math.max(1000, 3 * (model.maxWords ?? 0)));
    const name = `of ${words} words`;
    const text = longText(words);
    const document = model.read(text);
    onText(name, () => checkDocument(text, document));
    const max = model.maxWords ?? Infinity;
    if (document.tokens.length > max) {
      failCheck(`it reads ${document.tokens.length} words, but "maxWords" is ${max}`);
    }
    await subject.scores(model.encode(document), name);
  },
}];
