import type { Asked, ModelAbout } from "@heatword/core/remote";
import type { ExplainRequest } from "./_explain_request.ts";

/** What a process of the pool is started with. */
export interface ChildSetup {
  /** What was given as the model. */
  readonly model: string;
  /** What is known of the model where the server has it, and the process asks for its scores. */
  readonly remote?: ModelAbout;
  /** The data folder, when one was named. */
  readonly data?: string;
  /** Files that register more explainers. */
  readonly plugins: readonly string[];
}

/** What the server asks a process of the pool. */
export type Question =
  | { readonly kind: "setup"; readonly setup: ChildSetup }
  | { readonly kind: "explain"; readonly request: ExplainRequest };

/** What the process asks of the model that the server has, while it answers. */
export interface HostQuestion {
  readonly kind: "ask";
  /** Tells it from others that are under way. */
  readonly id: number;
  readonly call: keyof Asked;
  readonly ask: unknown;
}

/** What the server tells of its model. */
export interface HostAnswer {
  readonly kind: "told";
  readonly id: number;
  /** What it answers, unless there is an error. */
  readonly answer?: unknown;
  readonly error?: { readonly name: string; readonly message: string };
}

/** What the process says of its model once it has it. */
export interface ReadyAnswer {
  readonly kind: "ready";
  /** The classes of the model. */
  readonly classes: readonly string[];
  /** The name of the explainer that is taken where none is asked for. */
  readonly explainer: string;
  /** What people should know of the model, a line each. */
  readonly notes: readonly string[];
}

/** What the process answers. */
export type Answer =
  | ReadyAnswer
  | { readonly kind: "done"; readonly json: string }
  | { readonly kind: "failed"; readonly status: number; readonly detail: string };
