#!/usr/bin/env python3
"""scikit-learn's side of the main example: one-hot hour, weekday, origin, destination and route, scaled positions and distance, logistic regression.

  one_hot_logistic.py FOLDER     FOLDER holds one little-endian float64 file per column

Prints one JSON line: seconds of fitting features and model on the training part, ROC-AUC on the test part, peak memory of the process.
"""
import json
import os
import resource
import sys
import time

import numpy as np
import sklearn
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.preprocessing import OneHotEncoder, StandardScaler

NUMBERS = ["distance", "origin_lat", "origin_lon", "destination_lat", "destination_lon"]


def main():
    folder = sys.argv[1]

    def column(name):
        return np.fromfile(os.path.join(folder, f"{name}.f64"), dtype="<f8")

    part, late = column("part"), column("late")
    categories = np.column_stack([column(name) for name in ("hour", "weekday", "origin", "destination")]).astype(np.int32)
    categories = np.column_stack([categories, categories[:, 2] * 1000 + categories[:, 3]])
    numbers = np.column_stack([column(name) for name in NUMBERS])
    train, test = part == 0, part == 2
    started = time.perf_counter()
    encoder, scaler = OneHotEncoder(handle_unknown="ignore", dtype=np.float64), StandardScaler()

    def features(rows, fit):
        coded = encoder.fit_transform(categories[rows]) if fit else encoder.transform(categories[rows])
        scaled = scaler.fit_transform(numbers[rows]) if fit else scaler.transform(numbers[rows])
        return sparse.hstack([coded, sparse.csr_matrix(np.nan_to_num(scaled))], format="csr")

    model = LogisticRegression(C=1.0, max_iter=1000).fit(features(train, True), late[train])
    seconds = time.perf_counter() - started
    auc = roc_auc_score(late[test], model.predict_proba(features(test, False))[:, 1])
    print(json.dumps({
        "version": sklearn.__version__, "rows": int(train.sum()), "iterations": int(model.n_iter_[0]),
        "seconds": [seconds], "roc_auc": [auc], "peak_mib": [resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024],
    }))


if __name__ == "__main__":
    main()
