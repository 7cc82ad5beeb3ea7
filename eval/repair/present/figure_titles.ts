import type { FigureName } from "../figures.ts";

/** What each figure is called. */
export const figureTitles: Readonly<Record<FigureName, string>> = {
  accuracy: "accuracy",
  withoutLeak: "accuracy without the leak",
  elsewhere: "accuracy where it never was",
  mass: "relevance on the leak",
};
