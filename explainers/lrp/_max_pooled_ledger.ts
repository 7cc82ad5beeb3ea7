import { isBranches, isLinear, type Layer, type LedgerEntry } from "@heatword/core";

/** What became of the relevance of the filters of a convolution, or of several. */
export type Account = Pick<LedgerEntry, "received" | "passed" | "bias" | "stabilizer">;

function together(accounts: readonly Account[]): Account {
  if (accounts.length === 1) return accounts[0]!;
  const sumOf = (field: keyof Account) =>
    accounts.slice(1).reduce((sum, account) => sum + account[field], accounts[0]![field]);
  return {
    received: sumOf("received"),
    passed: sumOf("passed"),
    bias: sumOf("bias"),
    stabilizer: sumOf("stabilizer"),
  };
}

/** How many convolutions there are in layers. */
const countIn = (layers: readonly Layer[]): number =>
  layers.reduce(
    (count, layer) =>
      isBranches(layer)
        ? count + layer.branches.reduce((sum, branch) => sum + countIn(branch), 0)
        : count + Number(isLinear(layer)),
    0,
  );

/** The entries of layers below the dense one, last to first. */
function entriesOf(
  layers: readonly Layer[],
  rule: string,
  accounts: readonly Account[],
): LedgerEntry[] {
  const all = together(accounts);
  const between = { received: all.received, passed: all.received, bias: 0, stabilizer: 0 };
  return layers.toReversed().map((layer): LedgerEntry => {
    if (isLinear(layer)) return { layer: layer.name, rule, ...all };
    if (!isBranches(layer)) return { layer: layer.name, rule: layer.relevance, ...between };
    let from = 0;
    const branches = layer.branches.map((branch) =>
      entriesOf(branch, rule, accounts.slice(from, from += countIn(branch)))
    );
    return { layer: layer.name, rule: layer.relevance, ...all, branches };
  });
}

/**
 * The ledger of a max-pooled model, as the layers would give it.
 *
 * @param layers Its layers.
 * @param rule The name of the rule.
 * @param accounts What became of the relevance of each convolution's filters.
 * @param dense What became of the scores; what the dense layer passed is what the filters received.
 * @returns The entries from the scores down.
 */
export function ledgerOf(
  layers: readonly Layer[],
  rule: string,
  accounts: readonly Account[],
  dense: Omit<Account, "passed">,
): LedgerEntry[] {
  const { received } = together(accounts);
  const { bias, stabilizer } = dense;
  const top = {
    layer: layers.at(-1)!.name,
    rule,
    received: dense.received,
    passed: received,
    bias,
    stabilizer,
  };
  return [top, ...entriesOf(layers.slice(0, -1), rule, accounts)];
}
