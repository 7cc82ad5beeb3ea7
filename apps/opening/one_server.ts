import { environmentVariable } from "@heatword/core/permissions";

/** The variable whose headers are sent to a server that is a model. */
const HEADERS = "HEATWORD_MODEL_HEADERS";

/**
 * Makes sure that headers go to one server alone: what is secret to one must not be sent to another.
 *
 * @param models What was given as each model.
 * @throws {RangeError} If there are headers, and models on servers of different origins.
 */
export function keepToOneServer(models: readonly string[]): void {
  if (!environmentVariable(HEADERS)) return;
  const servers = models.filter((spec) => /^https?:/i.test(spec));
  const origins = [...new Set(servers.map((spec) => URL.parse(spec)?.origin ?? spec))];
  if (origins.length < 2) return;
  throw new RangeError(
    `The headers of $${HEADERS} would be sent to both ${origins[0]} and ${
      origins[1]
    }: unset it, or ` +
      'name one of the models as a "command: …" that asks its server',
  );
}
