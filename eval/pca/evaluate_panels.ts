import type { Panel } from "./panels.ts";
import { type Projection, projectToPlane } from "./project.ts";
import { type Silhouette, silhouette } from "./silhouette.ts";
import { silhouetteInfluence } from "./silhouette_influence.ts";

/** One panel of the figure: where every document lies, and how far the groups are apart. */
export interface PanelResult extends Projection {
  /** The panel. */
  readonly panel: Panel;
  /** Silhouette of the groups in the plane. */
  readonly plane: Silhouette;
  /** Silhouette of the groups among the vectors themselves, before PCA; absent when not asked for. */
  readonly full?: Silhouette;
  /** Silhouette of the classes in the plane; absent when they were not given. */
  readonly classes?: Silhouette;
  /**
   * What each document that has a group contributes to the silhouettes in the plane, the plane
   * fixed, see {@linkcode silhouetteInfluence}; panels of the same documents can be compared by it.
   */
  readonly influence: {
    /** On the silhouette of the groups. */
    readonly plane: Float64Array;
    /** On the silhouette of the classes, where they were given. */
    readonly classes?: Float64Array;
  };
}

/** Options of {@linkcode evaluatePanel}. */
export interface EvaluatePanelOptions {
  /** Whether the silhouette is also taken among the vectors themselves. @default {true} */
  readonly full?: boolean;
  /** The class of each document, from 0, to also measure how far the classes are apart. */
  readonly labels?: ArrayLike<number>;
}

/**
 * Projects the document vectors of one panel and measures the separation of the groups.
 *
 * @param panel The panel.
 * @param vectors The document vectors, shape [N, D].
 * @param dimensions D.
 * @param groups The group of each document, from 0; negative where it belongs to none. Documents of
 * no group take part in the PCA, not in the silhouette.
 * @param groupCount How many groups there are.
 * @param options What to compute.
 * @returns The projection and the figures of merit.
 * @throws {RangeError} As {@linkcode projectToPlane} and {@linkcode silhouette}.
 *
 * @example
 * ```ts
 * import { evaluatePanel } from "@heatword/eval/pca";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const vectors = new Float32Array([0, 0, 0, 0, 0, 1, 9, 0, 0, 9, 0, 1]);
 * const panel = { id: "sum", label: "SUM", weights: "sum" } as const;
 * const { plane, full } = evaluatePanel(panel, vectors, 3, [0, 0, 1, 1], 2);
 * assertAlmostEquals(plane.mean, full!.mean, 1e-6); // The vectors lie in a plane already.
 * ```
 */
export function evaluatePanel(
  panel: Panel,
  vectors: Float32Array,
  dimensions: number,
  groups: ArrayLike<number>,
  groupCount: number,
  options: EvaluatePanelOptions = {},
): PanelResult {
  const projection = projectToPlane(vectors, dimensions);
  const { labels } = options;
  const classCount = labels && 1 + Array.from(labels).reduce((a, b) => Math.max(a, b), -1);
  const { points } = projection;
  const plane = silhouette(points, 2, groups, groupCount);
  const classes = labels && silhouette(points, 2, labels, classCount!);
  return {
    panel,
    ...projection,
    plane,
    ...(options.full === false
      ? {}
      : { full: silhouette(vectors, dimensions, groups, groupCount) }),
    ...(classes && { classes }),
    influence: {
      plane: silhouetteInfluence(points, 2, groups, groupCount, plane.mean),
      ...(classes && {
        classes: silhouetteInfluence(points, 2, labels, classCount!, classes.mean),
      }),
    },
  };
}

/**
 * The largest absolute coordinate of all panels, so that all are drawn on one equal scale.
 *
 * @param panels The panels.
 * @returns The extent.
 */
export function commonExtent(panels: readonly Pick<Projection, "points">[]): number {
  let extent = 0;
  for (const { points } of panels) {
    for (const value of points) extent = Math.max(extent, Math.abs(value));
  }
  return extent;
}
