/**
 * The table of trust, for other programs.
 *
 * @module
 */
export { judge, type TrustOutcome, writtenNames } from "./_run.ts";
export type { Settings as TrustSettings } from "./_settings.ts";
