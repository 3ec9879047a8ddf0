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

from timing import time_pipeline


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
    read_seconds = time.perf_counter() - start
    samples = time_pipeline(lambda: build(numbers, texts, arguments.encoder), frame, arguments.repeat)
    print(json.dumps({"version": sklearn.__version__, "read": [read_seconds], **samples}))


if __name__ == "__main__":
    main()
