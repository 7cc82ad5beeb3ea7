import apps from "../deno.json" with { type: "json" };

/** The version that the compiled command says it has. */
export const version: string = apps.version;
