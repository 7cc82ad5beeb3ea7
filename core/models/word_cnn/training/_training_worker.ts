// A member of the team that trains a word-CNN.
import { Kernels } from "../kernels/mod.ts";
import { joinTeam } from "../../../workers/mod.ts";
import type { StepSetup } from "./_step_setup.ts";
import { TrainingSteps } from "./_training_steps.ts";

joinTeam<StepSetup>(({ setup }) => {
  const steps = new TrainingSteps(new Kernels(setup.handle), setup);
  return (rank) => steps.run(rank);
});
