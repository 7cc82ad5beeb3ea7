// Options of benchmarks: what they take, and that all else is refused by name.
import { assertEquals, assertThrows } from "@std/assert";
import { UsageError } from "../../../apps/cli/usage_error.ts";
import { numberedFrom, wholeNumber } from "../../../bench/_options.ts";

Deno.test("wholeNumber() takes whole numbers of a range, and nothing else", () => {
  assertEquals(wholeNumber("seeds", undefined, 5), 5);
  assertEquals(wholeNumber("seeds", "1", 5), 1);
  assertEquals(wholeNumber("clean", "0", 20, { from: 0 }), 0);
  for (const given of ["0", "-1", "1.5", "five", "", "10001", "1e3"]) {
    const message = `Option --seeds takes a whole number from 1 to 10000, not "${given}"`;
    assertThrows(() => wholeNumber("seeds", given, 5), UsageError, message);
  }
});

Deno.test("numberedFrom() takes the first and the last of what there is, and nothing else", () => {
  assertEquals(numberedFrom("plants", undefined, 8), [1, 8]);
  assertEquals(numberedFrom("plants", "3-3", 8), [3, 3]);
  assertEquals(numberedFrom("plants", "2-8", 8), [2, 8]);
  for (const given of ["3", "0-3", "5-4", "1-9", "a-b", "1-", "-3", "1-2-3", ""]) {
    const message = `Option --plants takes A-B, the first and the last of 1 to 8, not "${given}"`;
    assertThrows(() => numberedFrom("plants", given, 8), UsageError, message);
  }
});
