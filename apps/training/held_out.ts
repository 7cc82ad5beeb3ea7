import type { CompactDocument, TrainingCorpus } from "@heatword/datasets/corpus";

/**
 * Holds out the latest part of each class, since the test documents are later ones too. Articles of
 * a newsgroup are numbered in the order in which they came in.
 */
export function split<D extends { readonly id: string; readonly label: unknown }>(
  documents: readonly D[],
  part: number,
): [learned: D[], heldOut: D[]] {
  const number = ({ id }: D) => Number(id.slice(id.lastIndexOf("/") + 1));
  const held = new Set<D>();
  for (const ofClass of Map.groupBy(documents, ({ label }) => label).values()) {
    const inOrder = ofClass.toSorted((a, b) => number(a) - number(b));
    for (const document of inOrder.slice(Math.ceil((1 - part) * inOrder.length))) {
      held.add(document);
    }
  }
  return [documents.filter((d) => !held.has(d)), documents.filter((d) => held.has(d))];
}

/**
 * The documents to learn from while something is chosen, and those to choose by: the validation part
 * of the split that was given, else a part of the training documents.
 *
 * @param corpus The documents.
 * @param part The part of the training documents to hold out.
 */
export function holdOut(
  { train, validation }: Pick<TrainingCorpus, "train" | "validation">,
  part: number,
): [learned: readonly CompactDocument[], heldOut: readonly CompactDocument[]] {
  return validation ? [train, validation] : split(train, part);
}
