/** A download that did not succeed; the message names the address and says why. */
export class DownloadError extends Error {
  /** The name of the class. */
  override name = "DownloadError";
}
