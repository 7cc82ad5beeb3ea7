/** What `--model` takes in every program, in the order in which `modelPath` looks for it. */
export const modelHelp =
  "Folder of a model; else $HEATWORD_MODEL, the pretrained one, the newest cached";
