/**
 * All programs, each as a table of its options.
 *
 * @module
 */
import type { Program } from "../program.ts";
import { assertProgram } from "./assert.ts";
import { atlasProgram } from "./atlas.ts";
import { auditProgram } from "./audit.ts";
import { checkExplainerProgram } from "./check_explainer.ts";
import { checkModelProgram } from "./check_model.ts";
import { checkTokenizerProgram } from "./check_tokenizer.ts";
import { diffProgram } from "./diff.ts";
import { evaluateProgram } from "./evaluate.ts";
import { explainProgram } from "./explain.ts";
import { explainersProgram } from "./explainers.ts";
import { exportProgram } from "./export.ts";
import { fetchProgram } from "./fetch.ts";
import { importProgram } from "./import.ts";
import { repairProgram } from "./repair.ts";
import { reportProgram } from "./report.ts";
import { reproduceProgram } from "./reproduce.ts";
import { serveProgram } from "./serve.ts";
import { tokenizeProgram } from "./tokenize.ts";
import { tokenizersProgram } from "./tokenizers.ts";
import { trainProgram } from "./train.ts";
import { trustProgram } from "./trust.ts";

/** All programs. */
export const programs: readonly Program[] = [
  explainProgram,
  explainersProgram,
  checkExplainerProgram,
  checkModelProgram,
  tokenizersProgram,
  checkTokenizerProgram,
  evaluateProgram,
  reproduceProgram,
  trainProgram,
  trustProgram,
  atlasProgram,
  auditProgram,
  repairProgram,
  assertProgram,
  diffProgram,
  reportProgram,
  serveProgram,
  exportProgram,
  importProgram,
  fetchProgram,
  tokenizeProgram,
];
