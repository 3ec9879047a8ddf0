import { arithmetic, MillraceError, type Transform, type Value } from "@millrace/core";
import type { z } from "zod";
import { numberField } from "./columns.js";
import { NUMBERS, requireInputs, type Takes } from "./input.js";
import { nothing } from "./nothing.js";
import type { polynomialOptions } from "./polynomial.options.js";

type Options = z.infer<typeof polynomialOptions>;

const TAKES: Takes = { transform: "polynomial", allowed: NUMBERS, mend: "Give it columns of numbers; `cross` combines categories." };

/** The most results. */
const MOST = 1_000;

/** A product: places of its factors, ascending, and the place of all but the last among the products of one factor less. */
interface Term {
  readonly factors: readonly number[];
  readonly prefix: number;
}

/**
 * Numbers and their products up to a degree, in the order of scikit-learn's PolynomialFeatures: `a`, `b`, `a_pow_2`, `a_x_b`, `b_pow_2`. Missing
 * where a factor is. Scale the columns first: products of large numbers are larger.
 */
export function polynomial(options: Options): Transform<null> {
  return {
    learnsFrom: "inputs",
    fields(input) {
      requireInputs(TAKES, input, "promised");
      const names = input.map(({ name }) => name);
      return termsOf(names.length, options).flatMap((terms) => terms.map(({ factors }) => numberField(termName(factors, names))));
    },
    fit(input) {
      requireInputs(TAKES, input, "fitted");
      return nothing;
    },
    lower(_state, input, graph) {
      const names = [...input.keys()];
      const { mul } = arithmetic(graph);
      // Column by column: to gather columns out of a stacked value and to take it apart again costs several times what the products cost.
      const x = [...input.values()];
      const results = new Map(input);
      let products: readonly Value[] = x;
      for (const terms of termsOf(names.length, options).slice(1)) {
        products = terms.map(({ factors, prefix }) => mul(products[prefix]!, x[factors.at(-1)!]!));
        terms.forEach(({ factors }, index) => results.set(termName(factors, names), products[index]!));
      }
      return results;
    },
  };
}

/** The products by degree, from 1 on. Throws TRANSFORM_WIDTH. */
function termsOf(columns: number, { degree, interactionsOnly }: Options): readonly (readonly Term[])[] {
  const byDegree: Term[][] = [Array.from({ length: columns }, (_, place) => ({ factors: [place], prefix: 0 }))];
  let count = columns;
  for (let factors = 2; factors <= degree; factors++) {
    const terms = byDegree.at(-1)!.flatMap((shorter, prefix) => {
      const first = shorter.factors.at(-1)! + (interactionsOnly ? 1 : 0);
      return Array.from({ length: columns - first }, (_, index) => ({ factors: [...shorter.factors, first + index], prefix }));
    });
    count += terms.length;
    if (count > MOST)
      throw new MillraceError({ code: "TRANSFORM_WIDTH", message: `\`polynomial\` of ${columns} columns to degree ${degree} has more than ${MOST} results.`, mend: "Give it fewer columns, a lower `degree`, or set `interactionsOnly`." });
    byDegree.push(terms);
  }
  return byDegree;
}

function termName(factors: readonly number[], names: readonly string[]): string {
  return [...new Set(factors)]
    .map((place) => {
      const power = factors.filter((each) => each === place).length;
      return power === 1 ? names[place]! : `${names[place]}_pow_${power}`;
    })
    .join("_x_");
}
