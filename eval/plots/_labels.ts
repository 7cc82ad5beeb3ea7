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
