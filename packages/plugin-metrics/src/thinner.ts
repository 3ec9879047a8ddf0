/**
 * Chooses at most `most` of a curve's points, evenly along a path that grows from 0 to `length`; all where there are few enough. The last is
 * always among them.
 */
export function thinner(points: number, length: number, most: number): (travelled: number, isLast: boolean) => boolean {
  if (points <= most) return () => true;
  const step = length / (most - 2);
  let next = 0;
  return (travelled, isLast) => {
    if (travelled < next && !isLast) return false;
    next = (Math.floor(travelled / step) + 1) * step;
    return true;
  };
}
