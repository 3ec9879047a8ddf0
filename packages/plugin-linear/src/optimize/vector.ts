export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** target += factor * vector. */
export function addScaled(target: Float64Array, factor: number, vector: Float64Array): void {
  for (let i = 0; i < target.length; i++) target[i] = target[i]! + factor * vector[i]!;
}

/** Takes the mean over the outputs from each of `size` parameters; one output stays as it is. */
export function centre(vector: Float64Array, size: number): void {
  const outputs = vector.length / size;
  if (outputs === 1) return;
  for (let j = 0; j < size; j++) {
    let sum = 0;
    for (let k = 0; k < outputs; k++) sum += vector[k * size + j]!;
    for (let k = 0; k < outputs; k++) vector[k * size + j] = vector[k * size + j]! - sum / outputs;
  }
}
