/**
 * What a model should perhaps not look at: words, pairs, marks and ways to write that decide whatever
 * a text says; and texts by how they are decided.
 *
 * @module
 */
export * from "./associate.ts";
export * from "./audit.ts";
export * from "./casing.ts";
export * from "./clusters.ts";
export * from "./companions.ts";
export * from "./company.ts";
export * from "./edits.ts";
export * from "./features.ts";
export * from "./findings.ts";
export * from "./group_uses.ts";
export * from "./groups.ts";
export * from "./judge.ts";
export * from "./marks.ts";
export * from "./neighbours.ts";
export * from "./phrase.ts";
export * from "./present/audit_csv.ts";
export * from "./present/audit_html.ts";
export * from "./present/audit_text.ts";
export * from "./probes.ts";
export * from "./run/asking.ts";
export * from "./run/messages.ts";
export * from "./suspicion.ts";
export * from "./tally.ts";
export * from "./rules/check_rules.ts";
export * from "./rules/present.ts";
export * from "./rules/schema.ts";
export * from "./diff/diff_html.ts";
export * from "./diff/diff_models.ts";
