import { unknownName } from "./nearest_name.ts";

/** Plugins of one kind, by name. */
export class Registry<T extends { readonly name: string }> {
  /** What the plugins are, e.g. `explainer`. */
  readonly kind: string;
  readonly #check: (candidate: unknown) => void;
  readonly #registered = new Map<string, T>();

  /**
   * Makes an empty registry.
   *
   * @param kind What the plugins are, for messages.
   * @param check Throws if something is not such a plugin.
   */
  constructor(kind: string, check: (candidate: unknown) => void) {
    this.kind = kind;
    this.#check = check;
  }

  /**
   * Makes a plugin known by its name.
   *
   * @param plugin The plugin.
   * @returns The same plugin.
   * @throws {TypeError} If it is malformed, or another one has its name.
   */
  register<P extends T>(plugin: P): P {
    this.#check(plugin);
    const other = this.#registered.get(plugin.name);
    if (other !== undefined && other !== plugin) {
      throw new TypeError(
        `Cannot register ${this.kind} "${plugin.name}": another one has that name`,
      );
    }
    this.#registered.set(plugin.name, plugin);
    return plugin;
  }

  /**
   * Finds a plugin.
   *
   * @param name Its name.
   * @returns The plugin.
   * @throws {RangeError} If there is none; the message says the nearest known name.
   */
  get(name: string): T {
    const plugin = this.#registered.get(name);
    if (plugin === undefined) throw unknownName(this.kind, name, [...this.#registered.keys()]);
    return plugin;
  }

  /** Whether there is a plugin of a name. */
  has(name: string): boolean {
    return this.#registered.has(name);
  }

  /** All plugins, in the order of their registration. */
  list(): T[] {
    return [...this.#registered.values()];
  }
}
