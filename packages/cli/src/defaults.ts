import checks from "@millrace/plugin-checks";
import duckdb from "@millrace/plugin-duckdb";
import features from "@millrace/plugin-features";
import linear from "@millrace/plugin-linear";
import local from "@millrace/plugin-local";
import metrics from "@millrace/plugin-metrics";
import onnx from "@millrace/plugin-onnx";
import trees from "@millrace/plugin-trees";

/** The embedded plugins: what a project has without a word in its config. */
export const defaults = [local(), duckdb(), features(), checks(), metrics(), linear(), trees(), onnx()] as const;

/** What is used where a config names nothing. */
export const defaultUses = {
  store: "sqlite",
  artifacts: "folder",
  executor: "in-process",
  runtime: "onnxruntime",
  checks: ["leakage"],
  metrics: { binary: ["roc-auc", "pr-auc", "log-loss", "brier", "ece"], multiclass: ["accuracy", "log-loss", "confusion"], regression: ["rmse", "mae", "r2", "residuals"] },
} as const;
