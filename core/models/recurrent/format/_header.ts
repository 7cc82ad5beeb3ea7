import { isCount, openHeader, refuse } from "../../folder/header.ts";
import { checkTensors, type NetworkHeader, networkRoles } from "../../folder/tensors.ts";
import { cellKinds, readouts, type RecurrentShape, recurrentShapes } from "../parameters.ts";

export const FORMAT = "heatword-recurrent";
export const VERSION = 1;

/** The header as it stands in model.json. */
export interface Header
  extends NetworkHeader, Pick<RecurrentShape, "cell" | "units" | "bidirectional" | "readout"> {}

/** The sizes that a header says. */
export function shapeOf(header: Header): RecurrentShape {
  const { cell, units, bidirectional, readout, dimensions, classes } = header;
  return { cell, units, bidirectional, readout, dimensions, classes: classes.length };
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
    roles: networkRoles,
  });
  if (!isCount(header.words, 0)) refuse('"words" is not a whole number');
  if (!isCount(header.dimensions, 1)) refuse('"dimensions" is not a positive whole number');
  if (!isCount(header.units, 1)) refuse('"units" is not a positive whole number');
  if (!cellKinds.includes(header.cell)) refuse(`"cell" is not ${cellKinds.join(" or ")}`);
  if (!readouts.includes(header.readout)) refuse(`"readout" is not ${readouts.join(" or ")}`);
  if (typeof header.bidirectional !== "boolean") refuse('"bidirectional" is not true or false');
  checkTensors(header, recurrentShapes(shapeOf(header)));
  return header;
}
