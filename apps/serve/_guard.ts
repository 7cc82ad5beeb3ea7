import type { MiddlewareHandler } from "hono";
import { secureHeaders } from "hono/secure-headers";
import { isIPv4, isIPv6 } from "node:net";
import { Problem } from "./_problem.ts";

const own = "'self'";

/** The headers of every response: nothing runs, loads or frames that is not the page's own. */
export const safeHeaders: MiddlewareHandler = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    // The kernels are WebAssembly.
    scriptSrc: [own, "'wasm-unsafe-eval'"],
    styleSrc: [own],
    imgSrc: [own, "data:"],
    connectSrc: [own],
    // The model's worker is started from memory, so that it can be started again offline.
    workerSrc: [own, "blob:"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
  },
  xFrameOptions: "DENY",
  xContentTypeOptions: true,
  referrerPolicy: "no-referrer",
  crossOriginOpenerPolicy: "same-origin",
  crossOriginResourcePolicy: "same-origin",
  permissionsPolicy: { camera: [], microphone: [], geolocation: [], payment: [], usb: [] },
  strictTransportSecurity: false,
});

/** The name in a `Host` header, without the port: `[::1]:8000` is `[::1]`. */
function hostName(header: string): string {
  return header.toLowerCase().replace(/:\d*$/, "").replace(/\.$/, "");
}

/** Whether listening there is listening on every address of the machine. */
export function isEveryAddress(host: string): boolean {
  return host === "0.0.0.0" || /^[0:]*:[0:]*$/.test(host);
}

/** The address by which a browser on this machine opens a server. */
export function openedBy(host: string): string {
  return isEveryAddress(host) ? host.includes(":") ? "::1" : "127.0.0.1" : host;
}

/** Whether a name is an address in numbers, IPv6 in brackets. */
function isAddress(name: string): boolean {
  return isIPv4(name) || /^\[.*\]$/.test(name) && isIPv6(name.slice(1, -1));
}

/**
 * Refuses requests that name another host than the server's own, which a page elsewhere can make
 * the browser send by a DNS record that points here (DNS rebinding), and what pages of other
 * origins send. An address in numbers has no DNS record.
 *
 * @param hosts The names that the server goes by.
 * @param anyAddress Whether it also goes by any address in numbers, as one that listens on all does.
 * @returns The middleware.
 */
export function ownHostOnly(
  hosts: readonly string[],
  anyAddress = false,
): MiddlewareHandler {
  const known = new Set(hosts.map((host) => host.toLowerCase()));
  return async (context, next) => {
    const host = context.req.header("host");
    if (host === undefined) throw new Problem(400, "The header Host is missing");
    const name = hostName(host);
    if (!known.has(name) && !(anyAddress && isAddress(name))) {
      const names = [...known].join(", ");
      throw new Problem(
        421,
        `This server is not "${name}": it goes by ${names}; its --allow-host gives it more names`,
      );
    }
    const origin = context.req.header("origin");
    const foreign = origin !== undefined && origin !== `http://${host}` &&
      origin !== `https://${host}`;
    // A link from elsewhere may lead here.
    const cross = context.req.header("sec-fetch-site") === "cross-site" &&
      context.req.header("sec-fetch-mode") !== "navigate";
    if (foreign || cross) {
      throw new Problem(403, "Pages of other sites may not use this server");
    }
    await next();
  };
}
