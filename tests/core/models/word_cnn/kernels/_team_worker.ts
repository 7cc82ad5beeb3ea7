// Adds its rank to a number of its own in each step; fails when it is told to.
import { joinTeam, Kernels } from "../../../../../core/models/word_cnn/kernels/mod.ts";

joinTeam<{ counts: Float64Array }>(({ handle, setup: { counts } }) => {
  const kernels = new Kernels(handle);
  return (rank, size) => {
    if (counts[0]! < 0) throw new Error(`told to fail with ${kernels.used > 0 ? "memory" : ""}`);
    counts[rank]! += rank * size;
  };
});
