// A member of the team that trains a word-CNN.
import { joinTeam, Kernels } from "../kernels/mod.ts";
import { type StepSetup, TrainingSteps } from "./_training_steps.ts";

joinTeam<StepSetup>(({ handle, setup }) => {
  const steps = new TrainingSteps(new Kernels(handle), setup);
  return (rank) => steps.run(rank);
});
