import { flightFigures } from "./flights.mjs";
import { tableFigures } from "./table.mjs";
import { transformFigures } from "./transforms.mjs";

/** Features of a table beside scikit-learn's ColumnTransformer on the same values, of 3,000,000 flights, and each transform alone. */
export default async function features({ quick, say }) {
  const repeat = quick ? 2 : 5;
  return {
    figures: [...(await tableFigures(quick ? 100_000 : 1_000_000, repeat, say)), ...(await flightFigures(quick ? 300_000 : null, repeat, say)), ...(await transformFigures(quick ? 50_000 : 1_000_000, quick ? 1 : 3, say))],
    notes: [
      "Seconds, median [least, greatest]. Ours: folds over parts of 262,144 rows, then the lowered graph in onnxruntime on one thread, lowering and loading included; codes stay codes.",
      "scikit-learn: SimpleImputer and StandardScaler, with OrdinalEncoder or with OneHotEncoder (sparse). Reading is apart: both sides read the same files.",
    ],
  };
}
