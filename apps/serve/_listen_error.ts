/** An address as it stands in a URL. */
export function bracketed(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}

/**
 * Says in one line why nobody can listen at an address, and the way out.
 *
 * @param error What the system said.
 * @param host The address.
 * @param port The port.
 * @returns The error to throw in its place.
 */
export function listenError(error: unknown, host: string, port: number): unknown {
  const where = `Cannot listen on ${bracketed(host)}:${port}`;
  const { errors } = Deno;
  if (error instanceof errors.AddrInUse) {
    return new errors.AddrInUse(`${where}: another program does; name a port by --port`);
  }
  if (error instanceof errors.AddrNotAvailable) {
    return new errors.AddrNotAvailable(
      `${where}: this machine has no such address; name one by --host`,
    );
  }
  if (error instanceof errors.NotCapable) {
    return new errors.NotCapable(
      `${where}: Deno does not allow it; run \`deno task serve\`, or add ` +
        `--allow-net=${bracketed(host)}`,
    );
  }
  if (error instanceof errors.PermissionDenied) {
    return new errors.PermissionDenied(
      `${where}: the system does not allow it; name a port from 1024 on by --port`,
    );
  }
  if (!(error instanceof Error)) return error;
  return new Error(`${where}: ${error.message}; name an address by --host`);
}
