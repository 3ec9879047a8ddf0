#!/usr/bin/env python3
"""scikit-learn's ColumnTransformer over the values that bench/features wrote.

  column_transformer.py --file values.csv --numbers n0,n1 --texts c0,c1 --encoder one-hot|ordinal --repeat 5

Numbers: SimpleImputer (mean) and StandardScaler. Texts: OneHotEncoder, sparse, or OrdinalEncoder. Output is float32 where the
transformers allow it. Prints one JSON line of samples: wall seconds of reading, fit, transform and both, CPU seconds of both; one run before them warms up.
"""
import argparse
import json
import time

import numpy as np
import pandas as pd
import sklearn
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder, StandardScaler


def read(path, numbers, texts):
    return pd.read_csv(path, dtype={**{name: np.float32 for name in numbers}, **{name: object for name in texts}})


def build(numbers, texts, encoder):
    if encoder == "one-hot":
        encode = OneHotEncoder(handle_unknown="ignore", sparse_output=True, dtype=np.float32)
    else:
        encode = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1, dtype=np.float32)
    scale = Pipeline([("impute", SimpleImputer()), ("scale", StandardScaler())])
    return ColumnTransformer([("numbers", scale, numbers), ("texts", encode, texts)], sparse_threshold=1.0 if encoder == "one-hot" else 0)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--file", required=True)
    parser.add_argument("--numbers", required=True)
    parser.add_argument("--texts", required=True)
    parser.add_argument("--encoder", choices=["one-hot", "ordinal"], required=True)
    parser.add_argument("--repeat", type=int, default=5)
    arguments = parser.parse_args()
    numbers, texts = arguments.numbers.split(","), arguments.texts.split(",")
    start = time.perf_counter()
    frame = read(arguments.file, numbers, texts)
    samples = {"read": [time.perf_counter() - start], "fit": [], "transform": [], "both": [], "both, CPU": []}
    for run in range(arguments.repeat + 1):
        pipeline = build(numbers, texts, arguments.encoder)
        t0, c0 = time.perf_counter(), time.process_time()
        pipeline.fit(frame)
        t1 = time.perf_counter()
        pipeline.transform(frame)
        t2 = time.perf_counter()
        if run > 0:
            for name, seconds in (("fit", t1 - t0), ("transform", t2 - t1), ("both", t2 - t0), ("both, CPU", time.process_time() - c0)):
                samples[name].append(seconds)
    print(json.dumps({"version": sklearn.__version__, **samples}))


if __name__ == "__main__":
    main()
