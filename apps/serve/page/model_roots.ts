/** The path below which the server of the page has its model, and the one that is compared with it. */
export const modelRoots = ["", "/compare"] as const;
