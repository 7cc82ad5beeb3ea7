import {
  type CommonHeader,
  type FileEntry,
  isCount,
  openHeader,
  refuse,
} from "../../folder/header.ts";
import { type FeatureKind, featureKinds } from "../features.ts";

export const FORMAT = "heatword-linear";
const VERSION = 1;
const ROLES = ["features", "weights"] as const;
type Role = typeof ROLES[number];

/** The header as it stands in model.json. */
export interface Header extends CommonHeader {
  /** How many features of each kind there are, in their order. */
  readonly features: readonly { readonly kind: FeatureKind; readonly count: number }[];
  readonly files: Readonly<Record<Role, FileEntry>>;
}

/** What every header of this version says. */
export const common = { format: FORMAT, version: VERSION } as const;

function checkFeatures(features: unknown): void {
  if (!Array.isArray(features) || features.length === 0) refuse('"features" is not a list');
  for (const entry of features) {
    if (!featureKinds.includes(entry?.kind)) {
      refuse(
        `a kind of features is ${JSON.stringify(entry?.kind)}, none of ${featureKinds.join()}`,
      );
    }
    if (!isCount(entry.count, 0)) refuse(`the count of ${entry.kind} is not a whole number`);
  }
  const kinds = features.map(({ kind }) => kind);
  if (new Set(kinds).size !== kinds.length) refuse('"features" names a kind twice');
}

/**
 * Reads and checks model.json.
 *
 * @throws {SyntaxError} If anything in it is not as this format has it.
 */
export async function parseHeader(bytes: Uint8Array): Promise<Header> {
  const header = await openHeader<Header>(bytes, {
    format: FORMAT,
    versions: [VERSION],
    roles: ROLES,
  });
  checkFeatures(header.features);
  const [features, classes] = [numberOf(header), header.classes.length];
  if (header.files.weights.bytes !== 4 * (features + features * classes + classes)) {
    refuse('"files.weights.bytes" does not fit the sizes of the model');
  }
  if (header.text === undefined) refuse('"text" is missing');
  return header;
}

/** How many features there are. */
export function numberOf({ features }: Pick<Header, "features">): number {
  return features.reduce((sum, { count }) => sum + count, 0);
}
