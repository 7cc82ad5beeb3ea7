/** How requests are made. */
export interface RequestOptions {
  /** What is sent along, e.g. `{"Authorization": "Bearer …"}`. @default {nothing} */
  readonly headers?: Readonly<Record<string, string>>;
  /** How long an answer may take, in milliseconds. @default {60_000} */
  readonly timeout?: number;
  /** How often a request is tried again: after 429, 502, 503, 504, and where the connection broke. @default {5} */
  readonly retries?: number;
  /** The first wait before it is tried again, in milliseconds; each is twice the one before. @default {500} */
  readonly backoff?: number;
  /** Most requests, tries included; further ones are an error. @default {any number} */
  readonly maxRequests?: number;
}

/** An answer of a server. */
export interface HttpAnswer {
  /** Its status. */
  readonly status: number;
  /** What it says, as JSON where it is. */
  readonly body: unknown;
}

const AGAIN = new Set([429, 502, 503, 504]);
/** The longest wait before a request is tried again, in milliseconds. */
const LONGEST_WAIT = 60_000;

const sleep = (time: number) => new Promise((resolve) => setTimeout(resolve, time));

/** How long a server asks to be left alone, in milliseconds. */
function retryAfter(response: Response): number | undefined {
  const given = response.headers.get("retry-after");
  if (given === null) return undefined;
  const time = /^\d+(\.\d+)?$/.test(given) ? Number(given) * 1000 : Date.parse(given) - Date.now();
  return Number.isFinite(time) ? Math.min(LONGEST_WAIT, Math.max(0, time)) : undefined;
}

/** Sends JSON to one address, and is patient with it. */
export class Requests {
  /** How many requests were made, tries included. */
  made = 0;
  readonly #url: string;
  readonly #options: RequestOptions;

  /** Makes what sends to an address. */
  constructor(url: string, options: RequestOptions) {
    this.#url = url;
    this.#options = options;
  }

  /**
   * Sends a value.
   *
   * @param value What becomes the body.
   * @returns The answer, whatever its status.
   * @throws {Error} If there is none after all tries, or no more requests may be made.
   */
  async post(value: unknown): Promise<HttpAnswer> {
    const { retries = 5, backoff = 500 } = this.#options;
    for (let tries = 0;; tries++) {
      const found = await this.#try(JSON.stringify(value));
      if ("status" in found && !AGAIN.has(found.status)) return found;
      if (tries === retries) {
        const why = "status" in found ? `answers ${statusText(found)}` : found.reason;
        throw new Error(`${this.#url} ${why}${tries === 0 ? "" : `, after ${tries + 1} tries`}`);
      }
      await sleep(found.wait ?? Math.min(LONGEST_WAIT, backoff * 2 ** tries));
    }
  }

  async #try(body: string): Promise<
    (HttpAnswer & { readonly wait?: number | undefined }) | { reason: string; wait?: undefined }
  > {
    const { headers = {}, timeout = 60_000, maxRequests = Infinity } = this.#options;
    if (this.made >= maxRequests) {
      throw new Error(
        `${maxRequests} request${
          maxRequests === 1 ? " was" : "s were"
        } made to ${this.#url}, and no ` +
          "more are allowed: allow more with --max-requests, or explain fewer or shorter texts",
      );
    }
    this.made++;
    try {
      const response = await fetch(this.#url, {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body,
        signal: AbortSignal.timeout(timeout),
      });
      const text = await response.text();
      return { status: response.status, body: parsed(text), wait: retryAfter(response) };
    } catch (error) {
      if (error instanceof Deno.errors.NotCapable) throw error;
      const isLate = error instanceof DOMException && error.name === "TimeoutError";
      return {
        reason: isLate
          ? `gave no answer within ${timeout / 1000} s`
          : `cannot be reached (${(error as Error).message})`,
      };
    }
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** What an answer that is an error says, in one line. */
export function statusText({ status, body }: HttpAnswer): string {
  const said = typeof body === "object" && body !== null && "error" in body ? body.error : body;
  const text = typeof said === "string" ? said : JSON.stringify(said);
  const line = (text ?? "").replaceAll(/\s+/g, " ").trim();
  return line === "" ? String(status) : `${status}: ${line.slice(0, 200)}`;
}
