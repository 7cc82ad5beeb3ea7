import { ModelUnavailable } from "../../model_unavailable.ts";
import { BodyTooLarge, textOf } from "./_body.ts";
import { readJson } from "./_json.ts";

/** How requests are made. */
export interface RequestOptions {
  /** What is sent along, e.g. `{"Authorization": "Bearer …"}`. @default {nothing} */
  readonly headers?: Readonly<Record<string, string>>;
  /** How long an answer may take, in milliseconds. @default {60_000} */
  readonly timeout?: number;
  /**
   * How often a request is tried again: after 408, 429, 502, 503, 504, and where the connection broke.
   *
   * @default {5}
   */
  readonly retries?: number;
  /** The first wait before it is tried again, in milliseconds; each is twice the one before. @default {500} */
  readonly backoff?: number;
  /** Most requests, tries included; further ones are an error. @default {any number} */
  readonly maxRequests?: number;
  /**
   * Waits before a request is tried again.
   *
   * @param milliseconds How long.
   * @default {by the clock}
   */
  readonly wait?: (milliseconds: number) => Promise<unknown>;
}

/** An answer of a server. */
export interface HttpAnswer {
  /** Its status. */
  readonly status: number;
  /** What it says, as JSON where it is. */
  readonly body: unknown;
  /** Where it sends the one who asks, where it does. */
  readonly location?: string;
}

/** What came of one try. */
type Try =
  | HttpAnswer & { readonly wait?: number | undefined }
  | { readonly reason: string; readonly wait?: undefined };

const AGAIN = new Set([408, 429, 502, 503, 504]);
/** The redirects after which the same is sent to the other address. */
const SAME_AGAIN = new Set([307, 308]);
/** How many of them are followed. */
const REDIRECTS = 5;
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
  readonly #options: RequestOptions;
  #url: string;

  /** Makes what sends to an address. */
  constructor(readonly url: string, options: RequestOptions) {
    this.#url = url;
    this.#options = options;
  }

  /**
   * Sends a value.
   *
   * @param value What becomes the body.
   * @returns The answer, whatever its status.
   * @throws {ModelUnavailable} If there is none after all tries, or no more requests may be made.
   */
  async post(value: unknown): Promise<HttpAnswer> {
    const { retries = 5, backoff = 500, wait = sleep } = this.#options;
    const body = JSON.stringify(value);
    for (let tries = 0;; tries++) {
      const found = await this.#follow(body);
      if ("status" in found && !AGAIN.has(found.status)) return found;
      if (tries >= retries) {
        const why = "status" in found ? `answers ${statusText(found)}` : found.reason;
        const times = tries === 0 ? "" : `, after ${tries + 1} tries`;
        throw new ModelUnavailable(`${this.url} ${why}${times}`);
      }
      await wait(found.wait ?? Math.min(LONGEST_WAIT, backoff * 2 ** tries));
    }
  }

  /** Sends it, and goes where the server says as long as that is the same server. */
  async #follow(body: string): Promise<Try> {
    for (let redirects = 0;; redirects++) {
      const found = await this.#try(body);
      if (!("status" in found) || !SAME_AGAIN.has(found.status)) return found;
      const { location } = found;
      const isHere = location !== undefined &&
        new URL(location).origin === new URL(this.url).origin;
      // Headers may hold a password, which no other server is to see.
      if (!isHere || redirects === REDIRECTS) return found;
      this.#url = location;
    }
  }

  async #try(body: string): Promise<Try> {
    const { headers = {}, timeout = 60_000, maxRequests = Infinity } = this.#options;
    if (this.made >= maxRequests) {
      const were = maxRequests === 1 ? "1 request was" : `${maxRequests} requests were`;
      throw new ModelUnavailable(
        `${were} made to ${this.url}, and no more are allowed: allow more with --max-requests, or ` +
          "explain fewer or shorter texts",
      );
    }
    this.made++;
    // That of AbortSignal.timeout would go on after each answer.
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), timeout);
    try {
      const response = await fetch(this.#url, {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body,
        redirect: "manual",
        signal: late.signal,
      });
      const text = await textOf(response);
      const location = response.headers.get("location");
      return {
        status: response.status,
        body: readJson(text) ?? text,
        wait: retryAfter(response),
        ...(location !== null && URL.canParse(location, this.#url) && {
          location: new URL(location, this.#url).href,
        }),
      };
    } catch (error) {
      if (error instanceof BodyTooLarge) throw new ModelUnavailable(`${this.url} ${error.message}`);
      if ((error as Error).name === "NotCapable") throw error;
      return {
        reason: late.signal.aborted
          ? `gave no answer within ${timeout / 1000} s`
          : `cannot be reached (${(error as Error).message})`,
      };
    } finally {
      clearTimeout(timer);
    }
  }
}

/** What an answer that is an error says, in one line. */
export function statusText({ status, body, location }: HttpAnswer): string {
  if (location !== undefined && status >= 300 && status < 400) {
    return `${status}, a redirect to ${location}: name that address`;
  }
  const said = typeof body === "object" && body !== null && "error" in body ? body.error : body;
  const text = typeof said === "string" ? said : JSON.stringify(said);
  const line = (text ?? "").replaceAll(/\s+/g, " ").trim();
  return line === "" ? String(status) : `${status}: ${line.slice(0, 200)}`;
}
