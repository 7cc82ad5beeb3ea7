import { assertEquals } from "@std/assert";
import { titleOfData } from "../../../apps/opening/chosen_texts.ts";

Deno.test("titleOfData() names a file, a folder with or without its slash, and counts others", () => {
  const cases: [data: string | string[], name: string][] = [
    ["reviews.csv", "reviews.csv"],
    ["/data/reviews.csv", "reviews.csv"],
    ["data/reviews", "reviews"],
    ["data/reviews/", "reviews"],
    [["data/a.csv", "b.csv", "c.csv"], "a.csv and 2 more"],
  ];
  for (const [data, name] of cases) assertEquals(titleOfData(data), name);
});
