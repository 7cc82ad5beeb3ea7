// The kernels for training recurrent networks, in float32. Every sum runs in one order, with a
// multiplication and an addition each, so that a text has the same bytes alone and among others.
// All addresses and strides are in bytes, all counts of numbers are multiples of 4.
export { adam } from "./adam";
export { gruBackward, gruForward } from "./gru";
export { lstmBackward, lstmForward } from "./lstm";
export { multiply } from "./multiply";
export { addAtWinners, addScaled, largest } from "./pool";
export { addRows, copyRows, gatherRows, sumPlaces, transpose } from "./rows";
