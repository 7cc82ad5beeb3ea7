/**
 * A request that cannot be answered. It becomes a response of the type `application/problem+json`
 * (RFC 9457).
 */
export class Problem extends Error {
  override name = "Problem";
  /** The status of the response. */
  readonly status: number;
  /** After how many seconds to try again, where the status is 503. */
  readonly retryAfter: number;

  /**
   * Makes a problem.
   *
   * @param status The status of the response, e.g. 413.
   * @param detail What is wrong, and the way out, in one sentence.
   * @param retryAfter After how many seconds to try again, where the status is 503.
   */
  constructor(status: number, detail: string, retryAfter = 1) {
    super(detail);
    this.status = status;
    this.retryAfter = retryAfter;
  }
}

/** What a process that explains said went wrong: the request's fault, or its own. */
export function failure({ status, detail }: { status: number; detail: string }): Error {
  return status === 500 ? new Error(detail) : new Problem(status, detail);
}

/** Whether there was no file descriptor left for something. */
export function outOfDescriptors(error: unknown): boolean {
  const code = (error as { code?: unknown } | undefined)?.code;
  return code === "EMFILE" || code === "ENFILE";
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
  499: "Client Closed Request",
  500: "Internal Server Error",
  503: "Service Unavailable",
};

/** A problem as it is sent. */
export interface ProblemBody {
  readonly type: "about:blank";
  /** The status in words. */
  readonly title: string;
  readonly status: number;
  /** What is wrong, and the way out. */
  readonly detail: string;
}

/** What is told of something that failed: of what is no {@linkcode Problem} nothing but that. */
function toldOf(error: unknown): Problem {
  return error instanceof Problem
    ? error
    : outOfDescriptors(error)
    ? new Problem(503, "The server has too many files and connections open: try again in a moment")
    : new Problem(500, "The server failed; its terminal says why");
}

function bodyOf({ status, message: detail }: Problem): ProblemBody {
  return { type: "about:blank", title: titles[status] ?? "Error", status, detail };
}

/** Says on the terminal what the server is to blame for. */
export function reportFault(error: unknown): void {
  if (!(error instanceof Problem)) console.error(`error: ${(error as Error)?.message ?? error}`);
}

/**
 * What is sent of something that failed, as {@linkcode problemResponse} sends it.
 *
 * @param error What was thrown.
 */
export const problemBody = (error: unknown): ProblemBody => bodyOf(toldOf(error));

/**
 * The response to a request that failed. What is no {@linkcode Problem} is the server's fault: the
 * client learns no more than that.
 *
 * @param error What was thrown.
 * @returns The response.
 */
export function problemResponse(error: unknown): Response {
  const problem = toldOf(error);
  const { status, retryAfter } = problem;
  const headers = new Headers({ "content-type": "application/problem+json" });
  if (status === 503) headers.set("retry-after", String(retryAfter));
  if (status === 408 || status === 413) headers.set("connection", "close");
  return new Response(JSON.stringify(bodyOf(problem)), { status, headers });
}
