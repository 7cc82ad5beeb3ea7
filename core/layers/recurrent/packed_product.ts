import { plainProduct } from "./matrix.ts";
export const packedProduct = plainProduct;
