import { isCount, openHeader, refuse } from "../../folder/header.ts";
import { checkTensors, type NetworkHeader, networkRoles } from "../../folder/tensors.ts";
import type { PooledConvolution } from "../../../max_pooled_model.ts";
import { convolutionsOf, FILTER_WIDTH, type NetworkShape, weightShapes } from "../parameters.ts";

export const FORMAT = "heatword-word-cnn";
/** Of networks whose filters span two words, and of all others. */
const [TWO_WORDS, ANY_WIDTHS] = [1, 2];
/** The header as it stands in model.json. */
export interface Header extends NetworkHeader {
  readonly filters: number;
  /** Of version 1: two. */
  readonly width?: number;
  /** Of version 2. */
  readonly convolutions?: readonly PooledConvolution[];
}

/** Name and shape of each array of the network. */
export const weightsOf = (shape: NetworkShape) => Object.entries(weightShapes(shape));

/** What the header says of the filters: as ever where they span two words. */
export function aboutFilters(
  shape: Pick<NetworkShape, "filters" | "convolutions">,
): Pick<Header, "version" | "filters" | "width" | "convolutions"> {
  const { filters } = shape;
  const convolutions = convolutionsOf(shape);
  return convolutions.length === 1 && convolutions[0]!.width === FILTER_WIDTH
    ? { version: TWO_WORDS, filters, width: FILTER_WIDTH }
    : { version: ANY_WIDTHS, filters, convolutions };
}

function checkConvolutions({ convolutions, filters }: Header): void {
  if (!Array.isArray(convolutions) || convolutions.length === 0) {
    refuse('"convolutions" is not a list');
  }
  const isWhole = (one: Partial<PooledConvolution> | null) =>
    isCount(one?.width, 1) && isCount(one.filters, 1);
  if (!convolutions.every(isWhole)) refuse('"convolutions" holds something that is not one');
  const sum = convolutions.reduce((sum, one) => sum + one.filters, 0);
  if (sum !== filters) refuse('"convolutions" does not have as many filters as "filters" says');
}

/**
 * Reads and checks model.json.
 *
 * @throws {SyntaxError} If anything in it is not as this format has it.
 */
export async function parseHeader(bytes: Uint8Array): Promise<Header> {
  const header = await openHeader<Header>(bytes, {
    format: FORMAT,
    versions: [TWO_WORDS, ANY_WIDTHS],
    roles: networkRoles,
  });
  if (!isCount(header.words, 0)) refuse('"words" is not a whole number');
  if (!isCount(header.dimensions, 1)) refuse('"dimensions" is not a positive whole number');
  if (!isCount(header.filters, 1)) refuse('"filters" is not a positive whole number');
  if (header.version === TWO_WORDS) {
    if (header.width !== FILTER_WIDTH) refuse('"width" is not 2');
  } else checkConvolutions(header);
  checkTensors(header, weightsOf({ ...header, classes: header.classes.length }));
  return header;
}
