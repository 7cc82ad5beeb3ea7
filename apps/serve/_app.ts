import type { Hono } from "hono";

/** An application that is told when a client is gone. */
export type App = Hono<{ Bindings: { readonly gone?: AbortSignal } }>;
