import { environmentVariable, isGranted } from "@heatword/core/permissions";
import type { ColorLevel, Measure } from "@heatword/eval/render";
import { terminalColumns } from "./terminal_columns.ts";

/** When colour can be used. */
export const colorChoices = ["auto", "always", "never"] as const;

/** When to use colour. */
export type ColorChoice = (typeof colorChoices)[number];

/** What is known of the place that the output goes to. */
export interface Screen {
  /** Whether it is a terminal. */
  readonly terminal: boolean;
  /** Its width, where it has one. */
  readonly columns?: number;
}

/** What standard output is. */
export function standardOutput(): Screen {
  if (!Deno.stdout.isTerminal()) {
    const columns = Number(environmentVariable("COLUMNS"));
    return { terminal: false, ...(Number.isInteger(columns) && columns >= 20 && { columns }) };
  }
  return { terminal: true, columns: terminalColumns() };
}

/** What the package that knows terminals looks at. */
const TERMINAL_VARIABLES = [
  ...["FORCE_COLOR", "COLORTERM", "TERM", "TERM_PROGRAM", "TERM_PROGRAM_VERSION", "CI"],
  ...["TF_BUILD", "AGENT_NAME", "TEAMCITY_VERSION"],
];

async function supportedLevel(isTTY: boolean): Promise<number> {
  // Not knowing the terminal, take the sixteen colours that nearly all have.
  if (!TERMINAL_VARIABLES.every((variable) => isGranted({ name: "env", variable }))) return 1;
  // There the package would look at the variables of a dozen services, which nobody granted.
  const forced = /^(\d+|false)$/.test(environmentVariable("FORCE_COLOR") ?? "");
  if (environmentVariable("CI") !== undefined && !forced) return isTTY ? 1 : 0;
  const { createSupportsColor } = await import("supports-color");
  const stream = { isTTY } as Parameters<typeof createSupportsColor>[0];
  const found = createSupportsColor(stream, { sniffFlags: false });
  return found ? found.level : 0;
}

/**
 * How much colour to use: what was asked for on the command line, else `FORCE_COLOR`, else none
 * under `NO_COLOR`, else what the terminal can.
 */
export async function colorLevel(choice: ColorChoice, screen: Screen): Promise<ColorLevel> {
  if (choice === "never") return 0;
  const forced = choice === "always" || environmentVariable("FORCE_COLOR") !== undefined;
  // Deno itself looks at NO_COLOR, which needs no permission.
  const unwanted = isGranted({ name: "env", variable: "NO_COLOR" })
    ? environmentVariable("NO_COLOR")
    : Deno.noColor;
  if (!forced && (unwanted || !screen.terminal)) return 0;
  const level = await supportedLevel(screen.terminal || choice === "always");
  const max = level > 0 && environmentVariable("COLORTERM") === "24bit" ? 3 : level;
  return (choice === "always" ? Math.max(1, max) : max) as ColorLevel;
}

/** How wide characters are; the table of wide ones is loaded only for a text that needs it. */
export async function measureFor(text: string): Promise<Measure> {
  if (!/[^\0-\x7f]/.test(text)) return (part) => part.length;
  const { default: stringWidth } = await import("string-width");
  return (part) => stringWidth(part, { countAnsiEscapeCodes: true });
}
