/**
 * A request that cannot be answered. It becomes a response of the type `application/problem+json`
 * (RFC 9457).
 */
export class Problem extends Error {
  override name = "Problem";
  /** The status of the response. */
  readonly status: number;

  /**
   * Makes a problem.
   *
   * @param status The status of the response, e.g. 413.
   * @param detail What is wrong, and the way out, in one sentence.
   */
  constructor(status: number, detail: string) {
    super(detail);
    this.status = status;
  }
}

const titles: Readonly<Record<number, string>> = {
  400: "Bad Request",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  408: "Request Timeout",
  413: "Content Too Large",
  415: "Unsupported Media Type",
  421: "Misdirected Request",
  422: "Unprocessable Content",
  500: "Internal Server Error",
  503: "Service Unavailable",
};

/**
 * The response to a request that failed. What is no {@linkcode Problem} is the server's fault: the
 * client learns no more than that.
 *
 * @param error What was thrown.
 * @returns The response.
 */
export function problemResponse(error: unknown): Response {
  const [status, detail] = error instanceof Problem
    ? [error.status, error.message]
    : [500, "The server failed; its terminal tells why"];
  const headers = new Headers({ "content-type": "application/problem+json" });
  if (status === 503) headers.set("retry-after", "1");
  if (status === 408 || status === 413) headers.set("connection", "close");
  const body = { type: "about:blank", title: titles[status] ?? "Error", status, detail };
  return new Response(JSON.stringify(body), { status, headers });
}
