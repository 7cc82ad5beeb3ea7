/** Wrong arguments: the program says so in one line and exits with 2. */
export class UsageError extends Error {
  override name = "UsageError";
}
