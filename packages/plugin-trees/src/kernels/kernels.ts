/** The kernels by their numbers in assembly/perform.ts, where each says what its arguments are. */
export const KERNELS = {
  summarize: 0,
  quantize: 1,
  gradients: 2,
  extremes: 3,
  settle: 4,
  normalizers: 5,
  root: 6,
  histogram: 7,
  search: 8,
  partition: 9,
  addLeaves: 10,
  addTree: 11,
  arrangeRows: 12,
  arrangeColumns: 13,
  arrangeNumbers: 14,
  mergeSummaries: 15,
  packGradients: 16,
  packedHistogram: 17,
  stop: -1,
} as const;

export type Kernel = keyof typeof KERNELS;

/** As in assembly/args.ts. */
export const BLOCK_ROWS = 1024;
/** As in assembly/search.ts. */
export const FOUND_BYTES = 112;
