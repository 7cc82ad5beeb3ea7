import { assertEquals, assertThrows } from "@std/assert";
import { keepToOneServer } from "../../../apps/opening/one_server.ts";
import { testPermitted } from "../../_skip.ts";

const NAME = "HEATWORD_MODEL_HEADERS";

testPermitted("env")("headers for one server are sent to no other", () => {
  const before = Deno.env.get(NAME);
  try {
    const two = ["https://a.example/x", "https://b.example/x"];
    Deno.env.delete(NAME);
    keepToOneServer(two);
    Deno.env.set(NAME, '{"Authorization": "Bearer me"}');
    const allowed = [
      [two[0]!],
      ["https://a.example/june", "https://a.example/may"],
      ["https://a.example/", "model"],
      ["command: curl https://b.example/", "https://a.example/"],
    ];
    for (const models of allowed) assertEquals(keepToOneServer(models), undefined);
    for (const models of [two, ["http://a.example/", "https://a.example/"]]) {
      const error = assertThrows(() => keepToOneServer(models), RangeError);
      assertEquals(
        (error as Error).message,
        `The headers of $${NAME} would be sent to both ${new URL(models[0]!).origin} and ` +
          `${new URL(models[1]!).origin}: unset it, or name one of the models as a ` +
          '"command: …" that asks its server',
      );
    }
  } finally {
    if (before === undefined) Deno.env.delete(NAME);
    else Deno.env.set(NAME, before);
  }
});
