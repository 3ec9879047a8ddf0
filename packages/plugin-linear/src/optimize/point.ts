export interface Point {
  readonly theta: Float64Array;
  readonly gradient: Float64Array;
  readonly value: number;
}
