import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { Recent } from "../../core/recent.ts";

Deno.test("Recent keeps what was used lately, and never more than its limit", () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(30), { maxLength: 200 }),
      fc.integer({ min: 8, max: 60 }),
      (uses, limit) => {
        const names = [...Array(31).keys()].map(String);
        const recent = new Recent<number>(limit, (key) => 1 + key.length);
        const last: string[] = [];
        for (const use of uses) {
          const name = String(use);
          const found = recent.get(name);
          assert(found === undefined || found === use);
          // Half of the limit is always of the last that were used.
          let size = 0;
          const lately = last.filter((other) => (size += 1 + other.length) <= limit / 2 - 3);
          assertEquals(found !== undefined || !lately.includes(name), true);
          if (found === undefined) recent.set(name, use);
          last.splice(0, last.length, name, ...last.filter((other) => other !== name));
        }
        // Looking moves things, but makes none of them come back.
        const kept = names.filter((name) => recent.get(name) !== undefined);
        assert(kept.reduce((sum, name) => sum + 1 + name.length, 0) <= limit + 3);
      },
    ),
  );
});
