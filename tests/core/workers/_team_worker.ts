// Adds its rank to a number of its own in each step; fails when it is told to.
import { joinTeam } from "@heatword/core/workers";

joinTeam<{ counts: Float64Array }>(({ setup: { counts } }) => {
  return (rank, size) => {
    if (counts[0]! < 0) throw new Error("told to fail");
    counts[rank]! += rank * size;
  };
});
