import { download, type DownloadOptions } from "../download/download.ts";

/** A file that others publish. */
export interface Source {
  /** How it is called in progress and errors. */
  readonly name: string;
  /** Where it is, the best first. */
  readonly addresses: readonly string[];
  /** Its SHA-256, 64 hexadecimal digits. */
  readonly sha256: string;
  /** A larger file is refused, in bytes. */
  readonly maxBytes: number;
}

/** Options of everything that fetches. */
export interface FetchOptions
  extends Pick<DownloadOptions, "onProgress" | "signal" | "offline" | "retries" | "retryDelayMs"> {
  /** Fetches it even if it is there. @default {false} */
  readonly force?: boolean;
  /** More addresses of the same file, asked before the known ones. @default {none} */
  readonly mirrors?: readonly string[];
}

/** Downloads a source to a path. */
export function fetchSource(
  source: Source,
  path: string,
  { mirrors = [], force: _, ...options }: FetchOptions,
  check: Pick<DownloadOptions, "sha256" | "verify"> = { sha256: source.sha256 },
): Promise<void> {
  const { name, maxBytes } = source;
  return download([...mirrors, ...source.addresses], path, {
    ...options,
    ...check,
    name,
    maxBytes,
  });
}
