/** The part of jStat, which has no types of its own, that is used here. */
declare const jstat: {
  readonly jStat: {
    readonly normal: {
      cdf(x: number, mean: number, deviation: number): number;
      inv(p: number, mean: number, deviation: number): number;
    };
    readonly studentt: {
      cdf(t: number, freedom: number): number;
      inv(p: number, freedom: number): number;
    };
  };
};
export default jstat;
