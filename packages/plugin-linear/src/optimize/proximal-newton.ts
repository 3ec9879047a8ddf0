import { compactBfgs } from "./compact-bfgs.js";
import { coordinateDescent } from "./coordinate-descent.js";
import type { Method } from "./minimize.js";
import type { Objective } from "./objective.js";
import { remember } from "./pairs.js";
import { type Quadratic, quadraticOf } from "./quadratic.js";
import { dot } from "./vector.js";

/**
 * Proximal Newton for an l1 penalty (Lee, Sun and Saunders 2014; as glmnet): each step goes to the minimum of a quadratic model
 * plus the penalty, found by coordinate descent on the second derivatives, which touches no row. Between renewals, and where they
 * are incomplete, BFGS pairs mend the model. `l1`: penalty by parameter of one output.
 */
export function proximalNewton(objective: Objective, l1: Float64Array): Method {
  let quadratic: Quadratic | null = null;
  const rough = (theta: Float64Array) => theta.reduce((sum, x, j) => sum + l1[j % l1.length]! * Math.abs(x), 0);
  return {
    pairs: [],
    renew(blocks) {
      quadratic = quadraticOf(blocks, objective.structure, l1.length);
      if (objective.exact) this.pairs = [];
    },
    direction(point, gradient) {
      const target = point.slice();
      coordinateDescent(quadratic!, compactBfgs(quadratic!, this.pairs), l1, target, gradient.slice());
      const step = target.map((x, j) => x - point[j]!);
      return { step, slope: dot(gradient, step) + rough(target) - rough(point) };
    },
    stepped(before, after) {
      this.pairs = remember(this.pairs, before, after);
    },
    rough,
  };
}
