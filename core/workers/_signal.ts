/** Wakes whoever waits for a change. */
export class Signal {
  #waiting: (() => void)[] = [];

  /** Waits for the next change. */
  wait(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** Tells that something changed. */
  wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
