import type { Document } from "@heatword/core";
import type { SharedModel } from "@heatword/core/models";
import type { HybridText } from "../hybrids/hybrid_texts.ts";
import type { HybridFigures } from "../hybrids/measure_hybrid.ts";
import type { PlantedFigures } from "../shortcuts/measure_planted.ts";
import type { PlantedDocument } from "../shortcuts/planted_documents.ts";
import type { TextFigures } from "../texts/measure_text.ts";
import type { TrustPlan } from "../texts/trust_plan.ts";

/** What a worker starts with. */
export interface TrustStart {
  /** The model, whose memory all workers share, or what `openModel` takes. */
  readonly model: SharedModel | string;
  /** The model with shortcuts, where there is one: its shared memory, or what `openModel` takes. */
  readonly planted?: SharedModel | string;
  /** The copy that has seen texts with words missing, where there is one. */
  readonly tuned?: SharedModel;
  /** Files of plugins. */
  readonly plugins: readonly string[];
  /** What to measure. */
  readonly plan: TrustPlan;
}

/** A text, a hybrid text, or one with a shortcut, for a worker. */
export interface TrustTask {
  /** Its place among all of its kind. */
  readonly index: number;
  /** The text. */
  readonly document: Document;
  /** Of a hybrid text where its sentences are. */
  readonly hybrid?: HybridText;
  /** Of a text with a shortcut which one, and where it is. */
  readonly planted?: Omit<PlantedDocument, "document">;
}

/** What was measured of it. */
export type TrustResult =
  | { readonly kind: "text"; readonly figures: TextFigures }
  | { readonly kind: "hybrid"; readonly figures: HybridFigures }
  | { readonly kind: "planted"; readonly figures: PlantedFigures };
