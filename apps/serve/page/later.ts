/** Puts things off, each under a name, until nothing else was put off under it for a while. */
export class Later {
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();

  /** Calls a function after some milliseconds, unless something else is put off or it is dropped. */
  after(name: string, milliseconds: number, run: () => void): void {
    this.drop(name);
    this.#timers.set(name, setTimeout(run, milliseconds));
  }

  /** Drops what was put off. */
  drop(name: string): void {
    clearTimeout(this.#timers.get(name));
  }
}
