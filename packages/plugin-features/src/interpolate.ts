import { arithmetic, cast, lookup, type Graph, type Value } from "@millrace/core";
import { binIndex } from "./bin-index.js";
import type { Knots } from "./isotonic.js";

/** A straight piece of a curve: from (x, y), rising by `slope`, to no more than `top`. */
interface Piece {
  readonly x: number;
  readonly y: number;
  readonly slope: number;
  readonly top: number;
}

/**
 * Column by column of a float64 [N, n] value its curve: level outside of the knots, straight between them, never above the next knot, so that
 * what rises stays in order to the last bit. NaN stays NaN. Every curve has a knot at least.
 */
export function interpolate(x: Value, curves: readonly Knots[], graph: Graph): Value {
  const { add, sub, mul, less, greater, isNaN, where, row } = arithmetic(graph);
  const pieces = curves.map(piecesOf);
  const [least, greatest] = [row(curves.map((knots) => knots.x[0]!)), row(curves.map((knots) => knots.x.at(-1)!))];
  // Compared and chosen: ONNX Min and Max leave open what they do with NaN.
  const below = where(less(x, least), least, x);
  const held = where(greater(below, greatest), greatest, below);
  const starts = pieces.map((_, index) => pieces.slice(0, index).reduce((count, { length }) => count + length, 0));
  const piece = cast(graph, add(binIndex(held, pieces.map((own) => own.slice(1).map((each) => each.x)), graph), row(starts)), "int64");
  const of = (member: keyof Piece) => lookup(graph, piece, pieces.flat().map((each) => each[member]));
  const y = add(of("y"), mul(sub(held, of("x")), of("slope")));
  const top = of("top");
  return where(isNaN(x), x, where(greater(y, top), top, y));
}

function piecesOf({ x, y }: Knots): readonly Piece[] {
  if (x.length === 1) return [{ x: x[0]!, y: y[0]!, slope: 0, top: y[0]! }];
  return Array.from({ length: x.length - 1 }, (_, i) => ({ x: x[i]!, y: y[i]!, slope: (y[i + 1]! - y[i]!) / (x[i + 1]! - x[i]!), top: y[i + 1]! }));
}
