import { unwritable } from "@heatword/core/files";

/** A file that is written from front to back; its errors name it. */
export class OutputFile {
  readonly #file: Deno.FsFile;
  readonly path: string;
  #open = true;

  private constructor(path: string, file: Deno.FsFile) {
    this.path = path;
    this.#file = file;
  }

  /** Opens a file for writing behind its first bytes; what stands behind them is dropped. */
  static async open(path: string, length: number): Promise<OutputFile> {
    try {
      const file = await Deno.open(path, { write: true, create: true });
      // A device has no length.
      if ((await file.stat()).isFile) await file.truncate(length);
      if (length > 0) await file.seek(length, Deno.SeekMode.Start);
      return new OutputFile(path, file);
    } catch (error) {
      throw unwritable(path, error);
    }
  }

  /** Writes all bytes. */
  write(bytes: Uint8Array): void {
    try {
      for (let rest = bytes; rest.length > 0;) rest = rest.subarray(this.#file.writeSync(rest));
    } catch (error) {
      throw unwritable(this.path, error);
    }
  }

  /** Returns when all is on disk. */
  sync(): void {
    if (!this.#open) return;
    try {
      this.#file.syncDataSync();
    } catch (error) {
      throw unwritable(this.path, error);
    }
  }

  /** Closes the file. */
  close(): void {
    if (this.#open) this.#file.close();
    this.#open = false;
  }
}
