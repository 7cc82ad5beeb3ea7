/** An estimate with the ends of its confidence interval. */
export interface Interval {
  /** The estimate. */
  readonly estimate: number;
  /** The lower end. */
  readonly low: number;
  /** The upper end. */
  readonly high: number;
}
