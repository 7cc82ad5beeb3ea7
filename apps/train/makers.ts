import type { Architecture } from "../cli/programs/train.ts";
import type { MakeCandidate } from "./_candidate.ts";
import { charCnnCandidate, wordCnnCandidate } from "./_candidates.ts";
import { recurrentCandidate } from "./_recurrent_candidate.ts";

/** How each architecture but the linear one is trained. */
export const makers: Readonly<Record<Exclude<Architecture, "linear" | "auto">, MakeCandidate>> = {
  "word-cnn": wordCnnCandidate,
  "arras-2016": wordCnnCandidate,
  "char-cnn": charCnnCandidate,
  lstm: recurrentCandidate("lstm", { cell: "lstm", bidirectional: false }),
  bilstm: recurrentCandidate("bilstm", { cell: "lstm", bidirectional: true }),
  gru: recurrentCandidate("gru", { cell: "gru", bidirectional: false }),
};
