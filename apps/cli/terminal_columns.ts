const USUAL = 80;

/** How wide the terminal is; the usual 80 columns where it does not say, or says 0. */
export function terminalColumns(): number {
  try {
    return Deno.consoleSize().columns || USUAL;
  } catch {
    return USUAL;
  }
}
