import type { Recipe } from "./model.ts";

/** How a whole run trains; chosen on held-out training documents. */
export const fullRecipe: Recipe = {
  skipgram: {},
  norm: 3,
  hyperparameters: {
    epochs: 12,
    schedule: "cosine",
    wordDropout: 0.8,
    labelSmoothing: 0.1,
    l2: 5e-4,
    randomWindow: true,
  },
  heldOut: 0.15,
};
