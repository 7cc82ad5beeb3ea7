/** A window on a stream of bytes: what is there from `pos` to `end` of `bytes` is not yet used. */
export class ByteReader {
  /** The window; changes with every {@linkcode ByteReader.more}. */
  bytes: Uint8Array = new Uint8Array(0);
  /** The first byte that is not yet used. */
  pos = 0;
  readonly #source: AsyncIterator<Uint8Array>;

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** How many bytes are there that are not yet used. */
  get available(): number {
    return this.bytes.length - this.pos;
  }

  /** Takes one more chunk into the window; false at the end of the stream. */
  async more(): Promise<boolean> {
    const { value, done } = await this.#source.next();
    if (done) return false;
    if (this.available === 0) this.bytes = value;
    else {
      const both = new Uint8Array(this.available + value.length);
      both.set(this.bytes.subarray(this.pos));
      both.set(value, this.available);
      this.bytes = both;
    }
    this.pos = 0;
    return true;
  }

  /** Loads this many bytes into the window, if there are. */
  async load(bytes: number): Promise<void> {
    while (this.available < bytes && await this.more());
  }

  /**
   * How many bytes stand before the next `byte`, loading what is needed; −1 if it does not come in
   * the next `limit` bytes or the stream ends before.
   */
  async until(byte: number, limit: number): Promise<number> {
    let seen = 0;
    for (;;) {
      const at = this.bytes.indexOf(byte, this.pos + seen);
      if (at >= 0) return at - this.pos <= limit ? at - this.pos : -1;
      seen = this.available;
      if (seen > limit || !(await this.more())) return -1;
    }
  }

  /** Stops reading and lets go of what is behind the stream. */
  async close(): Promise<void> {
    await this.#source.return?.();
  }
}
