import stringWidth from "string-width";

/** About how wide a text is in type of 12 px; letters of East Asian scripts are twice as wide. */
export function textWidth(text: string): number {
  return Math.ceil(6.8 * stringWidth(text));
}

/** A text cut to so many columns, with an ellipsis where something is left out. */
export function shortened(text: string, columns: number): string {
  if (stringWidth(text) <= columns) return text;
  let kept = "";
  for (const { segment } of new Intl.Segmenter("en").segment(text)) {
    if (stringWidth(kept + segment) > columns - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}

/** Moves labels apart that would overlap, as little as needed, keeping their order. */
export function spread(positions: readonly number[], gap: number, low: number, high: number) {
  const order = positions.map((_, i) => i).sort((a, b) => positions[a]! - positions[b]! || a - b);
  const placed = order.map((i) => positions[i]!);
  // Blocks of touching labels are merged until none overlaps; a block sits at the mean of its wishes.
  let blocks = placed.map((position) => ({ wishes: [position] }));
  const start = ({ wishes }: { wishes: number[] }) => {
    const center = wishes.reduce((a, b) => a + b, 0) / wishes.length;
    const extent = (wishes.length - 1) * gap;
    return Math.min(Math.max(center - extent / 2, low), Math.max(low, high - extent));
  };
  for (let merged = true; merged;) {
    merged = false;
    for (let b = 0; b + 1 < blocks.length; b++) {
      const [one, two] = [blocks[b]!, blocks[b + 1]!];
      if (start(two) - start(one) >= one.wishes.length * gap) continue;
      blocks = [
        ...blocks.slice(0, b),
        { wishes: [...one.wishes, ...two.wishes] },
        ...blocks.slice(b + 2),
      ];
      merged = true;
      break;
    }
  }
  const result = new Array<number>(positions.length);
  let rank = 0;
  for (const block of blocks) {
    block.wishes.forEach((_, k) => result[order[rank++]!] = start(block) + k * gap);
  }
  return result;
}
