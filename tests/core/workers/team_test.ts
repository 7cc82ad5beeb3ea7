import { Team } from "@heatword/core/workers";
import { assertEquals, assertThrows } from "@std/assert";
import { testPermitted } from "../../_skip.ts";

const test = testPermitted("read");

const script = new URL("./_team_worker.ts", import.meta.url);

function start(size: number) {
  const counts = new Float64Array(new SharedArrayBuffer(8 * (size + 1)));
  const part = (rank: number) => {
    if (counts[0]! >= 0) counts[rank]! += 1;
  };
  const team = Team.start(size, script, { counts }, part);
  return { counts, team };
}

test("Team goes through steps together", async () => {
  for (const size of [1, 2, 4]) {
    const { counts, team: starting } = start(size);
    const team = await starting;
    for (let step = 1; step <= 50; step++) {
      team.step();
      const expected = Array.from({ length: size }, (_, rank) => step * (rank * size || 1));
      assertEquals([...counts.subarray(0, size)], expected);
    }
    team.stop();
  }
});

test("Team tells of a member that fails, and still ends", async () => {
  const { counts, team: starting } = start(2);
  const team = await starting;
  counts[0] = -1;
  assertThrows(() => team.step(), Error, "A worker failed: Error: told to fail");
  team.stop();
});
