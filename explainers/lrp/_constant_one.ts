/** The constant one, in place of inputs or weights. */
export const constantOne = (): number => 1;
