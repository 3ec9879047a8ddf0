/** One category code of each row. */
export interface CodeColumn {
  readonly feature: string;
  readonly categories: readonly string[];
  /** Categories + 2: one entry for missing, one for unseen. */
  readonly size: number;
  /** Where this column's weights start among the parameters of one output. */
  readonly offset: number;
}

/** One sparse vector of each row. */
export interface SparsePlaces {
  readonly feature: string;
  /** Of the vector. */
  readonly length: number;
  /** The places that some training row has, ascending; the others have no parameter. */
  readonly places: Int32Array;
  /** Where this vector's weights start among the parameters of one output. */
  readonly offset: number;
}

export interface SparseColumns {
  readonly sparseColumns: readonly SparsePlaces[];
}

/** What is not 0: row i has `numbers[k]` for the parameter `entries[k]`, starts[i] <= k < starts[i + 1]. */
export interface SparseRows {
  readonly starts: Int32Array;
  readonly entries: Int32Array;
  readonly numbers: Float32Array;
}

/**
 * The parameters of one output are numbered: 0 is the intercept, 1 ... width are the numbers, then each code column's table, then each sparse
 * vector's places.
 */
export interface Shape extends SparseColumns {
  /** Numbers of a row: one per scalar feature, n per vector of n. */
  readonly width: number;
  readonly codeColumns: readonly CodeColumn[];
  /** Where the weights of sparse vectors start. */
  readonly sparseOffset: number;
  /** Parameters of one output. */
  readonly size: number;
}

/** Rows, row after row, 4 bytes per value: never one-hot. */
export interface Block extends Shape {
  /** rows x width. */
  readonly numbers: Float32Array | Float64Array;
  /** rows x codeColumns: the parameter (offset + code) that the row's code stands for. */
  readonly entries: Int32Array;
  /** Null where there is no sparse vector. */
  readonly sparse: SparseRows | null;
}

/** One number of each row: a scalar feature, or one element of a vector feature. */
export interface NumberColumn {
  readonly feature: string;
  /** Weighted mean of the values that are there, rounded to float32 (as features are); 0 where none is. */
  readonly mean: number;
  /** Weighted standard deviation; 1 for a constant column. */
  readonly scale: number;
}

/** All training rows; equal ones are merged where that pays. */
export interface Matrix extends Block {
  readonly rows: number;
  readonly numberColumns: readonly NumberColumn[];
  /** Standardized: (x - mean) / scale, 0 where missing. */
  readonly numbers: Float32Array;
  /** As `$target`: 0/1, class index, or the number. */
  readonly target: Float64Array;
  /** Null: every row weighs 1. */
  readonly weight: Float64Array | null;
  readonly totalWeight: number;
  /** By parameter of one output: the weight of the rows that have this code, or a number at this place; the total weight for intercept and numbers. */
  readonly seen: Float64Array;
}
