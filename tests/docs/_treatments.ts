/** What the test does with a command that it cannot run just as it stands. */
export interface Treatment {
  /** Which commands. */
  readonly command: RegExp;
  /** Why. */
  readonly reason: string;
  /** What is run in its place. */
  readonly instead?: (command: string) => string;
  /** It serves until it is stopped: wait for its address, ask for the page, stop it. */
  readonly serves?: true;
  /** It is only run where the real corpus is, or a program, or what Python has to import. */
  readonly needs?: "corpus" | { readonly program: string; readonly import?: string };
  /** A warning that it gives is expected. */
  readonly warns?: RegExp;
  /** It is not run: this file runs it. */
  readonly covered?: string;
  /** Files that it makes, which its text does not say. */
  readonly writes?: readonly string[];
  /** Files of other commands that it takes, which its text does not say. */
  readonly reads?: readonly string[];
}

/** The program that is installed by one command and run by others. */
const INSTALLED = "home/bin/explain";

/** Runs a Slurm job array without Slurm. */
const array = "for i in 1 2 3 4; do " +
  "SLURM_ARRAY_TASK_ID=$i SLURM_ARRAY_TASK_COUNT=4 SLURM_CPUS_PER_TASK=1 bash explain.sbatch " +
  "|| exit 1; done";

/** Every command that is not simply run from the root of the repository, and why; the first that fits. */
export const treatments: readonly Treatment[] = [
  {
    command: /^deno (task (test|check)|test\b.*)$/,
    reason: "it is what runs this test",
    covered: ".ci/run",
  },
  {
    command: /^deno task serve --model https:/,
    reason: "it needs a server that is a model",
    covered: "tests/apps/serve/remote_test.ts",
  },
  {
    command: /^deno task serve\b/,
    reason: "it serves until it is stopped, and the usual port may be taken",
    instead: (command) => `${command} --port 0`,
    serves: true,
  },
  {
    command: /^(HEATWORD_DATA=… )?deno task reproduce .*--beyond-only/,
    reason: "it trains five networks for minutes; here two small ones",
    instead: () =>
      "deno task reproduce --corpus miniature --quick --beyond-only --beyond-data reviews.csv " +
      "--text body --label stars --models char-cnn,linear --documents 8 --runs 1",
  },
  {
    command: /^HEATWORD_DATA=… deno task reproduce --trust full$/,
    reason: "it trains ten networks on the corpus; here it is tried without it",
    instead: () => "deno task reproduce --corpus miniature --quick --trust full",
  },
  {
    command: /^(HEATWORD_DATA=… )?deno task reproduce$/,
    reason: "all of it takes minutes and would download the corpus",
    instead: () => "deno task reproduce --corpus miniature --quick",
  },
  {
    command: /^(deno task build:npm|npm pack|npx heatword)\b/,
    reason: "it makes hundreds of modules",
    covered: "tests/apps/npm_test.ts",
  },
  {
    command: /^deno task compile\b/,
    reason: "it needs a runtime that Deno fetches",
    covered: "tests/apps/compile_test.ts",
  },
  {
    command: /^deno task fetch(?! --offline)/,
    reason: "it downloads from others' servers",
    covered: "tests/apps/fetch_test.ts",
  },
  {
    command: /^deno task fetch --offline$/,
    reason: "it checks the corpus that is there",
    needs: "corpus",
  },
  {
    command: /^find 20news-bydate-t/,
    reason: "it needs the extracted folders; the program computes the same digest",
    covered: "tests/datasets/newsgroups/real_corpus_test.ts",
  },
  {
    command: /^(\w+=\S+ )?deno bench\b/,
    reason: "it measures for minutes; here it is only loaded",
    instead: (command) => command.replace("deno bench", "deno bench --no-run --no-check"),
  },
  {
    command: /^deno run .*bench\/reliability\/(kills|quotes)\.ts \d+$/,
    reason: "it takes minutes; here it is tried with less",
    instead: (command) => command.replace(/\d+$/, "2"),
  },
  {
    command: /^deno run .*bench\/core\/linear\.ts /,
    reason: "it needs the tables that it measures; here it is tried on another",
    instead: (command) => command.replace(/linear\.ts .*/, "linear.ts labelled"),
  },
  {
    command: /^deno run .*bench\/explainers\/recurrent_documents\.ts /,
    reason: "it takes the corpus and a minute; here it is tried with less",
    instead: (command) => `${command} --documents 5`,
  },
  {
    command: /^(\w+=\S+ )?deno run -A bench\/apps\/recurrent_settings\.ts /,
    reason: "it needs the texts that are measured and takes minutes; here it is tried on another",
    instead: () =>
      "deno run -A bench/apps/recurrent_settings.ts --data reviews.csv --text body --label stars " +
      "--vectors ppmi --vary epochs=1",
  },
  {
    command: /^deno run -A bench\/eval\/(audit_plants|regressions)\.ts /,
    reason: "it needs the tables that are measured and takes minutes; here it is tried on another",
    instead: (command) =>
      command.includes("plants")
        ? "deno run -A bench/eval/audit_plants.ts --plants 4-4 --clean 0 tickets-clean.csv"
        : "deno run -A bench/eval/regressions.ts tickets-clean.csv billing refund 1",
  },
  {
    command: /^deno run -A bench\/eval\/repairs\.ts /,
    reason: "it needs the tables that are measured and takes minutes; here it is tried on another",
    instead: (command) =>
      `deno run -A bench/eval/repairs.ts --seeds 1 ${
        command.includes("--filters") ? "--plants 1-1 --filters 6" : "--plants 5-5"
      } tickets-clean.csv`,
  },
  {
    command: /^deno run -A bench\/apps\/guided_dropout\.ts /,
    reason: "it needs the tables that are measured and takes a minute; here it is tried on another",
    instead: () =>
      "deno run -A bench/apps/guided_dropout.ts tickets-clean.csv tickets-clean.csv --seeds 2 " +
      "--filters 8 --epochs 1 --word-dropout 50 --guided-dropout 100",
  },
  {
    command: /^HEATWORD_DATA=… deno task audit /,
    reason: "it takes a minute and the corpus; here it is tried with less",
    instead: () =>
      "deno task audit --corpus miniature --documents 40 --candidates 5 --insertions 5",
  },
  {
    command: /^HEATWORD_DATA=… deno task trust$/,
    reason: "it takes minutes and the corpus; here it is tried with less",
    instead: () =>
      "deno task trust --corpus miniature --max-words 400 --documents 2 --hybrids 0 --explainers lrp",
  },
  {
    command: /^HEATWORD_DATA=… deno task trust --model \.cache\//,
    reason: "it trains the paper's network for minutes; here the pretrained model is measured",
    instead: () =>
      "deno task trust --corpus miniature --max-words 400 --documents 2 --hybrids 0 --plants 0 " +
      "--explainers lrp,sa --compare lrp,sa",
  },
  {
    command: /^deno task trust --model questions-cnn /,
    reason: "it needs the table that is measured; here it is tried with other texts, and few",
    instead: (command) =>
      command.replace(
        /--model \S+ --data \S+\s+--training-data \S+/,
        "--corpus miniature --max-words 400 --documents 2 --hybrids 2 --sentences 2",
      ),
  },
  {
    command: /^deno task trust .*--documents \d+/,
    reason: "more texts take longer, and are treated alike; here it is tried with few",
    instead: (command) => command.replaceAll(/--(documents|hybrids) \d+/g, "--$1 2"),
  },
  {
    command: /^deno task train --data train\.csv /,
    reason: "it needs the table that is measured; here the faster model is tried on another",
    instead: (command) =>
      command.replace("train.csv", "labelled/train.csv").replace(" auto ", " linear "),
  },
  {
    command: /^HEATWORD_DATA=… deno task train --architecture bilstm --out bilstm$/,
    reason: "it takes minutes and the corpus; here it is tried on a table",
    instead: () =>
      "deno task train --data labelled/train.csv --architecture bilstm --units 8 --epochs 3 --out bilstm",
  },
  {
    command: /^deno task evaluate --model M --data test\.csv /,
    reason: "it needs the table that is measured; here it is tried on another",
    instead: (command) => `${command.replace("test.csv", "labelled/train.csv")} --include-training`,
  },
  {
    command: /^deno install --global\b/,
    reason: "Deno says that the workspace does not go with an installed program, which needs none",
    warns: /^Warning "workspace" field/,
    writes: [INSTALLED],
  },
  {
    command: /^explain /,
    reason: "it is run as it stands, by the program that another command installs",
    reads: [INSTALLED],
  },
  {
    command: /^(HEATWORD_MODEL_HEADERS=.* )?deno run -P .*http:/,
    reason: "it needs a server that is a model",
    covered: "tests/apps/server_model_test.ts",
  },
  {
    command: /examples\/transformers\.js/,
    reason: "it needs a package of 300 MB",
    covered: "tests/apps/onnx_model_test.ts",
  },
  {
    command: /^deno run -P .*sklearn_pipeline\.py/,
    reason: "it needs scikit-learn",
    needs: { program: "python3", import: "sklearn" },
    warns: /^Warning Permissions in the config file/,
  },
  {
    command: /^deno run -P .*\bpython3\b/,
    reason: "it needs Python",
    needs: { program: "python3" },
    warns: /^Warning Permissions in the config file/,
  },
  {
    command: /^deno run -P\b/,
    reason: "Deno says that permissions in its configuration may still change",
    warns: /^Warning Permissions in the config file/,
  },
  {
    command: /^parallel\b/,
    reason: "it is run by GNU parallel",
    needs: { program: "parallel" },
    reads: [INSTALLED],
  },
  {
    command: /^python3 examples\/explain_dask\.py /,
    reason: "it needs Dask",
    needs: { program: "python3", import: "distributed" },
    writes: ["dasked.jsonl"],
    reads: [INSTALLED],
  },
  {
    command: /^sbatch\b/,
    reason: "it needs a cluster; here the tasks run one after the other",
    instead: (command) => command.replace("sbatch --wait explain.sbatch", array),
    writes: ["parts/*.jsonl"],
    reads: [INSTALLED],
  },
];

/** How to treat a command; nothing where it is run as it stands. */
export function treatmentOf(command: string): Treatment | undefined {
  return treatments.find((treatment) => treatment.command.test(command));
}
