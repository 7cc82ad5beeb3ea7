// A member of the team that trains a recurrent classifier.
import { joinTeam } from "../../../workers/mod.ts";
import { RecurrentKernels } from "./kernels/kernels.ts";
import type { StepSetup } from "./_setup.ts";
import { RecurrentSteps } from "./_steps.ts";

joinTeam<StepSetup>(({ setup }) => {
  const steps = new RecurrentSteps(new RecurrentKernels(setup.handle), setup);
  return (rank) => steps.run(rank);
});
