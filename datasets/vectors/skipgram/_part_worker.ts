// A member of the team that trains word vectors.
import { joinTeam } from "@heatword/core/workers";
import { type PartSetup, PartSteps } from "./_part_steps.ts";

joinTeam<PartSetup>(({ setup }) => {
  const steps = new PartSteps(setup);
  return (rank, size) => steps.run(rank, size);
});
