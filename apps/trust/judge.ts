/**
 * The table of trust, for other programs.
 *
 * @module
 */
export { judge, type TrustOutcome, writtenFiles } from "./_run.ts";
export type { Settings as TrustSettings } from "./_settings.ts";
