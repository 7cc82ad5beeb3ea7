/// <reference lib="dom" />

/** Says of an element whether it shows what was asked for. */
export class Pending {
  readonly #element: HTMLElement;
  #count = 0;

  /** Watches over an element. */
  constructor(element: HTMLElement) {
    this.#element = element;
  }

  #change(by: 1 | -1): void {
    this.#count += by;
    this.#element.setAttribute("aria-busy", String(this.#count > 0));
  }

  /** Waits for something that is being computed. */
  async during(work: Promise<void>): Promise<void> {
    this.#change(1);
    try {
      await work;
    } finally {
      this.#change(-1);
    }
  }
}
