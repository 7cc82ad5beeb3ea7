// What browsers have by themselves. Files there are none.
export const Deno = globalThis.Deno;
export const { Worker, navigator } = globalThis;
export const addEventListener = (...args) => globalThis.addEventListener(...args);
export const fetch = (...args) => globalThis.fetch(...args);

/** A file beside a module, as an import of its bytes gives it. */
export async function readBytes(file) {
  const response = await globalThis.fetch(file);
  if (!response.ok) throw new Error(`Cannot fetch "${file}": status ${response.status}`);
  return { default: new Uint8Array(await response.arrayBuffer()) };
}
