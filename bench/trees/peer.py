"""Trains a peer on the files of a data set (see data.mjs) and prints one line of JSON: seconds of binning and boosting, peak memory, predictions' quality.

Times are wall seconds inside of the process, without loading and imports. XGBoost 1.7 bins at the first update: one round of depth 1 on a booster that is
thrown away makes its cached matrix, so that it counts as binning. scikit-learn tells its share of binning in its log. LightGBM is a shared library.
"""
import argparse
import contextlib
import io
import json
import os
import re
import time


def load(folder):
    import numpy as np

    with open(os.path.join(folder, "meta.json")) as file:
        meta = json.load(file)
    parts = {}
    for part in ("train", "test"):
        x = np.fromfile(os.path.join(folder, f"{part}.x.f32"), "<f4").reshape(-1, meta["columns"])
        parts[part] = (x, np.fromfile(os.path.join(folder, f"{part}.y.f32"), "<f4"))
    return meta, parts


def roc_auc(labels, scores):
    from scipy.stats import rankdata

    ranks = rankdata(scores)
    positive = labels > 0.5
    ones, zeros = int(positive.sum()), int((~positive).sum())
    return float((ranks[positive].sum() - ones * (ones + 1) / 2) / (ones * zeros))


def quality(meta, labels, predictions):
    import numpy as np

    if meta["classes"] == 2:
        return {"roc-auc": roc_auc(labels, predictions)}
    chosen = predictions[np.arange(len(labels)), labels.astype(int)]
    return {"log-loss": float(-np.log(np.maximum(chosen, 1e-15)).mean())}


def xgboost(arguments, meta, parts):
    import xgboost as xgb

    x, y = parts["train"]
    shape = {"grow_policy": "lossguide", "max_leaves": arguments.leaves, "max_depth": 0} if arguments.growth == "leaf-wise" else {"grow_policy": "depthwise", "max_depth": arguments.depth}
    loss = {"objective": "binary:logistic", "base_score": 0.5} if meta["classes"] == 2 else {"objective": "multi:softprob", "num_class": meta["classes"]}
    common = {"tree_method": "hist", "eta": 0.1, "max_bin": 256, "lambda": 1, "min_child_weight": 1, "nthread": arguments.threads, "verbosity": 0, **loss}
    start = time.perf_counter()
    data = xgb.DMatrix(x, y, nthread=arguments.threads)
    xgb.train({**common, "max_depth": 1, "grow_policy": "depthwise"}, data, 1)
    binned = time.perf_counter()
    booster = xgb.train({**common, **shape}, data, arguments.trees)
    boosted = time.perf_counter()
    return binned - start, boosted - binned, booster.predict(xgb.DMatrix(parts["test"][0], nthread=arguments.threads)), xgb.__version__


def sklearn(arguments, meta, parts):
    import sklearn
    from sklearn.ensemble import HistGradientBoostingClassifier
    from threadpoolctl import threadpool_limits

    x, y = parts["train"]
    leaf_wise = arguments.growth == "leaf-wise"
    model = HistGradientBoostingClassifier(
        learning_rate=0.1, max_iter=arguments.trees, max_bins=255, early_stopping=False, l2_regularization=1, min_samples_leaf=20, verbose=1, random_state=0,
        max_leaf_nodes=arguments.leaves if leaf_wise else 2**arguments.depth, max_depth=None if leaf_wise else arguments.depth,
        categorical_features=meta["categorical"] or None,
    )
    log = io.StringIO()
    with threadpool_limits(limits=arguments.threads), contextlib.redirect_stdout(log):
        start = time.perf_counter()
        model.fit(x, y)
        end = time.perf_counter()
    found = re.search(r"Binning [\d.]+ GB of training data: ([\d.]+) s", log.getvalue())
    binning = float(found.group(1)) if found else 0.0
    predictions = model.predict_proba(parts["test"][0])
    return binning, end - start - binning, predictions[:, 1] if meta["classes"] == 2 else predictions, sklearn.__version__


def lightgbm(arguments, meta, parts):
    """It grows leaf-wise only: trees of the depth, with as many leaves as that allows, are those that grow depth-wise. `lightgbm-quantized`: gradients of a few bits."""
    import ctypes_lightgbm

    path, version = ctypes_lightgbm.find()
    library = ctypes_lightgbm.Library(path)
    x, y = parts["train"]
    leaf_wise = arguments.growth == "leaf-wise"
    loss = {"objective": "binary"} if meta["classes"] == 2 else {"objective": "multiclass", "num_class": meta["classes"]}
    categories = {"categorical_feature": ",".join(map(str, meta["categorical"]))} if meta["categorical"] else {}
    common = {"max_bin": 255, "num_threads": arguments.threads, "verbosity": -1, **categories, **loss}
    growth = {
        "learning_rate": 0.1, "lambda_l2": 1, "min_sum_hessian_in_leaf": 1, "min_data_in_leaf": 20, "seed": 0, "use_quantized_grad": arguments.engine == "lightgbm-quantized",
        "num_leaves": arguments.leaves if leaf_wise else 2**arguments.depth, "max_depth": -1 if leaf_wise else arguments.depth,
    }
    start = time.perf_counter()
    data = library.dataset(x, y, common)
    binned = time.perf_counter()
    booster = library.boosted(data, {**common, **growth}, arguments.trees)
    boosted = time.perf_counter()
    predictions = library.predict(booster, parts["test"][0], 1 if meta["classes"] == 2 else meta["classes"], common)
    return binned - start, boosted - binned, predictions, version


ENGINES = {"xgboost": xgboost, "sklearn": sklearn, "lightgbm": lightgbm, "lightgbm-quantized": lightgbm}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--engine", choices=list(ENGINES), required=True)
    parser.add_argument("--folder", required=True)
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--growth", choices=["leaf-wise", "depth-wise"], required=True)
    parser.add_argument("--trees", type=int, default=100)
    parser.add_argument("--leaves", type=int, default=31)
    parser.add_argument("--depth", type=int, default=6)
    arguments = parser.parse_args()
    meta, parts = load(arguments.folder)
    binning, boosting, predictions, version = ENGINES[arguments.engine](arguments, meta, parts)
    # Not ru_maxrss, which remembers the process that started this one.
    with open("/proc/self/status") as file:
        peak = int(re.search(r"VmHWM:\s+(\d+)", file.read()).group(1)) / 1024
    print(json.dumps({"version": version, "binning": binning, "boosting": boosting, "both": binning + boosting, "peak": peak, **quality(meta, parts["test"][1], predictions)}))


main()
