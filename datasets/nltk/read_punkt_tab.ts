import { PunktParameters } from "./punkt_parameters.ts";

/**
 * Reads a `punkt_tab` folder: `abbrev_types.txt`, `collocations.tab`, `sent_starters.txt` and
 * `ortho_context.tab`.
 */
export async function readPunktTab(dir: string): Promise<PunktParameters> {
  const parameters = new PunktParameters();
  const lines = async (name: string) =>
    (await Deno.readTextFile(`${dir}/${name}`)).split("\n").filter((line) => line !== "");
  for (const type of await lines("abbrev_types.txt")) parameters.abbrevTypes.add(type);
  for (const type of await lines("sent_starters.txt")) parameters.sentStarters.add(type);
  for (const line of await lines("collocations.tab")) {
    const [first, second] = line.split("\t");
    parameters.addCollocation(first!, second!);
  }
  for (const line of await lines("ortho_context.tab")) {
    const [type, flags] = line.split("\t");
    parameters.addOrthoContext(type!, Number(flags));
  }
  return parameters;
}
