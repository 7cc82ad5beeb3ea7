const otherwise = "else $HEATWORD_MODEL, the pretrained one, the newest cached";

/** What `--model` takes in most programs, in the order in which `modelPath` looks for it. */
export const modelHelp = `Folder or .ts file of a model; ${otherwise}`;

/** What `--model` takes in programs that need the files of a model. */
export const modelFolderHelp = `Folder of a model; ${otherwise}`;

/** What `--plugin` takes in every program. */
export const pluginHelp = "A file with explainers, tokenizers or kinds of models; may be repeated";
