import { defineConfig } from "millrace";

export default defineConfig({
  schema: 1,
  project: "flights",
  models: {
    delays: {
      source: {
        use: "sql",
        with: {
          query: { file: "./flights.sql" },
          files: { flights: "npm:vega-datasets/data/flights-3m.parquet", airports: "npm:vega-datasets/data/airports.csv" },
        },
      },
      columns: { time: "date", target: "late", positive: true, rest: "drop" },
      check: [{ use: "not-null", with: { columns: ["date", "origin", "destination"] } }],
      split: { use: "time", with: { validation: "1mo", test: "1mo" } },
      features: [
        { use: "date-parts", from: ["date"], with: { parts: ["hour", "weekday"] } },
        { use: "category", from: ["origin", "destination"] },
        { use: "cross", from: ["origin", "destination"], as: "route" },
        { use: "standardize", from: ["distance", "origin_lat", "origin_lon", "destination_lat", "destination_lon"] },
      ],
      train: { use: "logistic", with: { l2: 1 } },
      evaluate: {
        metrics: ["roc-auc", "pr-auc", "log-loss", "brier"],
        slices: ["origin"],
        baselines: ["prior"],
        gates: [{ metric: "roc-auc", part: "test", atLeast: 0.664, bound: "point" }],
      },
      register: { alias: "champion" },
    },
  },
});
