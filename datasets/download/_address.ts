/** An address that may not be asked. */
export class AddressError extends Error {}

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

function isLoopback(url: URL): boolean {
  return LOOPBACK.test(url.hostname);
}

/** Reads the first address of a file: https, or http where the content is checked anyway. */
export function firstAddress(address: string, checked: boolean): URL {
  const url = URL.parse(address);
  if (!url) throw new AddressError("this is not an address");
  if (url.protocol === "https:") return url;
  if (url.protocol === "http:" && (checked || isLoopback(url))) return url;
  throw new AddressError(`it is not fetched by "${url.protocol}" but only by "https:"`);
}

/** Reads where a redirect leads: https only, or on this very machine what was there already. */
export function redirectAddress(location: string | null, from: URL): URL {
  const url = location === null ? null : URL.parse(location, from.href);
  if (!url) throw new AddressError("the server redirects without saying where to");
  if (url.protocol === "https:") return url;
  if (url.protocol === "http:" && isLoopback(url) && isLoopback(from)) return url;
  throw new AddressError(`the server redirects to "${url.href}", which is not https`);
}
