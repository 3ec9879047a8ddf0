/** Rows by group: codes from 0, and how many groups there are. */
export interface Groups {
  readonly codes: Int32Array;
  readonly count: number;
}

/** A group per distinct value; what is missing is one of its own. */
export function levelled(values: ArrayLike<number | string>): Groups {
  const known = new Map<number | string, number>();
  const codes = new Int32Array(values.length);
  for (let row = 0; row < codes.length; row++) {
    const code = known.get(values[row]!) ?? known.size;
    if (code === known.size) known.set(values[row]!, code);
    codes[row] = code;
  }
  return { codes, count: known.size };
}

/** Groups of about equally many rows, by quantiles; equal values stay together, and NaN is a group of its own. As many groups as values where these are fewer. */
export function bucketed(values: Float64Array, buckets: number): Groups {
  const sorted = values.filter((value) => value === value).sort();
  if (hasFew(sorted, buckets)) return levelled(values);
  const edges = [...new Set(Array.from({ length: buckets - 1 }, (_, index) => quantile(sorted, (index + 1) / buckets)))].filter((edge) => edge > sorted[0]!);
  return levelled(values.map((value) => (Number.isNaN(value) ? NaN : edgesUpTo(edges, value))));
}

/** Whether there are at most so many distinct values. */
function hasFew(sorted: Float64Array, most: number): boolean {
  let distinct = 0;
  for (let i = 0; i < sorted.length && distinct <= most; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) distinct++;
  return distinct <= most;
}

/** Linear between order statistics. */
function quantile(sorted: Float64Array, share: number): number {
  const position = share * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(position)]!, sorted[Math.ceil(position)]!];
  return low === high ? low : low + (high - low) * (position - Math.floor(position));
}

function edgesUpTo(edges: readonly number[], value: number): number {
  let [low, high] = [0, edges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (edges[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The mutual information of two groupings in nats, as scikit-learn's `mutual_info_score`, and what two independent groupings of these sizes would show
 * by chance: (a - 1)(b - 1) / (2 rows) (G. A. Miller, "Note on the bias of information estimates" (1955)).
 */
export function informationOf(left: Groups, right: Groups): { readonly information: number; readonly byChance: number } {
  const rows = left.codes.length;
  const joint = new Float64Array(left.count * right.count);
  const [ofLeft, ofRight] = [new Float64Array(left.count), new Float64Array(right.count)];
  for (let row = 0; row < rows; row++) {
    const [a, b] = [left.codes[row]!, right.codes[row]!];
    joint[a * right.count + b]!++;
    ofLeft[a]!++;
    ofRight[b]!++;
  }
  let information = 0;
  joint.forEach((count, at) => {
    if (count > 0) information += (count / rows) * Math.log((count * rows) / (ofLeft[Math.floor(at / right.count)]! * ofRight[at % right.count]!));
  });
  return { information: Math.max(0, information), byChance: rows === 0 ? 0 : ((left.count - 1) * (right.count - 1)) / (2 * rows) };
}
