/**
 * Loads what was kept in the cache.
 *
 * @param load Loads it.
 * @returns What it loads; nothing where there is none, or where it is damaged: then it is to be made
 * anew. Whatever else is wrong would be wrong then, too, and is thrown.
 */
export async function loadKept<T>(load: () => Promise<T>): Promise<T | undefined> {
  try {
    return await load();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof SyntaxError) return undefined;
    throw error;
  }
}
