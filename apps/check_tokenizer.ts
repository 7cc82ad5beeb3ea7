import { tokenizers } from "@heatword/core";
import { checkTokenizer, tokenizerCard } from "@heatword/core/check";
import { findReadableData } from "@heatword/datasets";
import "@heatword/datasets/tokenizers";
import { type CheckedPlugin, pluginsToCheck, printChecks } from "./cli/checks.ts";
import { readCommandLine, runMain } from "./cli/cli.ts";
import { needsOfData, requirePermissions } from "./cli/permissions.ts";

const HELP = `
Prove a tokenizer right: run the conformance kit on it and print what it keeps.

Usage: deno task check-tokenizer [options] TOKENIZER...

TOKENIZER is a file whose default export is a tokenizer (or an array of several), or the name of a
built-in one; "deno task tokenizers" lists these. The exit code is 0 if all conform, and 1 if one does
not.

Options:
  --text TEXT     Also try it on a text of your own; may be repeated
  --data DIR      The data folder, for tokenizers that read tables; $HEATWORD_DATA, else ./data
  --json          Print one JSON array of {tokenizer, passed, results} instead of text
  -h, --help      Print this help

Examples:
  deno task check-tokenizer ./hashtags.ts --text "so #happy today"
  deno task check-tokenizer newsgroups whitespace
`;

async function main() {
  const args = readCommandLine(Deno.args, {
    help: HELP,
    boolean: ["json"],
    string: ["data"],
    collect: ["text"],
  });
  requirePermissions(needsOfData(args.data));
  const data = findReadableData(args.data);
  const options = { texts: args.text, ...(data !== undefined && { resources: { data } }) };
  const given = args._.map(String);
  const reports: CheckedPlugin[] = [];
  for (const one of await pluginsToCheck({ given, kind: "tokenizer", registry: tokenizers })) {
    const checked = await checkTokenizer(one, options);
    reports.push({ name: one.name, checked, card: tokenizerCard(checked) });
  }
  printChecks(reports, "tokenizer", args.json);
}

if (import.meta.main) await runMain(main);
