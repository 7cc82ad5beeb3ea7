/**
 * The ledger: every checkable statement of Arras et al. 2016 beside what was measured.
 *
 * @module
 */
export * from "./claim.ts";
export * from "./facts.ts";
export * from "./make_ledger.ts";
