import { Registry } from "@heatword/core";
import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";

interface Kettle {
  readonly name: string;
  readonly litres: number;
}

/** A registry of things that are not plugins of heatword. */
function kettles(): Registry<Kettle> {
  return new Registry<Kettle>("kettle", (candidate) => {
    if (!((candidate as Kettle).litres > 0)) throw new TypeError("Cannot take kettle: no litres");
  });
}

Deno.test("register() makes a plugin known by its name, once", () => {
  const registry = kettles();
  const [small, large] = [{ name: "small", litres: 1 }, { name: "large", litres: 3 }];
  assertEquals([registry.has("small"), registry.list()], [false, []]);
  assertStrictEquals(registry.register(small), small);
  registry.register(large);
  assertStrictEquals(registry.register(small), small);
  assertStrictEquals(registry.get("small"), small);
  assertEquals([registry.has("small"), registry.list()], [true, [small, large]]);
  assertThrows(
    () => registry.register({ ...small }),
    TypeError,
    'Cannot register kettle "small": another one has that name',
  );
  assertStrictEquals(registry.get("small"), small);
});

Deno.test("register() takes nothing that its check refuses", () => {
  const registry = kettles();
  assertThrows(() => registry.register({ name: "flat", litres: 0 }), TypeError, "no litres");
  assertEquals(registry.list(), []);
});

Deno.test("get() says the nearest known name, and all", () => {
  const registry = kettles();
  assertThrows(() => registry.get("small"), RangeError, 'Unknown kettle "small": none is known');
  registry.register({ name: "small", litres: 1 });
  registry.register({ name: "large", litres: 3 });
  assertThrows(
    () => registry.get("lagre"),
    RangeError,
    'Unknown kettle "lagre": did you mean "large"? Known: small, large',
  );
});

Deno.test("two registries know nothing of each other", () => {
  const [one, other] = [kettles(), kettles()];
  one.register({ name: "small", litres: 1 });
  assertEquals([one.has("small"), other.has("small")], [true, false]);
});
