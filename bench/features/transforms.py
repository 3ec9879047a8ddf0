#!/usr/bin/env python3
"""scikit-learn's transforms, each alone, over the values that bench/features wrote.

  transforms.py --folder DIR --repeat 3

Reads n0.f32 to n4.f32, c0.txt to c4.txt and words.txt. Prints one JSON line: by our name of the case, samples of seconds per million rows: wall
seconds of fit and transform, CPU seconds of both.
"""
import argparse
import json
import os
import time
import warnings

import numpy as np
import sklearn
from sklearn.decomposition import PCA
from sklearn.feature_extraction.text import CountVectorizer, HashingVectorizer, TfidfTransformer, TfidfVectorizer
from sklearn.feature_selection import VarianceThreshold
from sklearn.impute import MissingIndicator, SimpleImputer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import KBinsDiscretizer, MaxAbsScaler, MinMaxScaler, OneHotEncoder, OrdinalEncoder, PolynomialFeatures, PowerTransformer, QuantileTransformer, RobustScaler, StandardScaler


def text(folder, name):
    with open(os.path.join(folder, f"{name}.txt"), encoding="utf-8") as file:
        return np.array(file.read().split("\n"), dtype=object)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", required=True)
    parser.add_argument("--repeat", type=int, default=3)
    arguments = parser.parse_args()
    numbers = np.column_stack([np.fromfile(os.path.join(arguments.folder, f"n{j}.f32"), "<f4") for j in range(5)])
    texts = np.column_stack([text(arguments.folder, f"c{j}") for j in range(5)])
    words = text(arguments.folder, "words")
    filled = np.nan_to_num(numbers)
    tokens = {"tokenizer": lambda line: line.split(" "), "token_pattern": None, "lowercase": False}
    # Those that refuse missing values get zeros in their place.
    cases = {
        "bucketize of 5": (KBinsDiscretizer(10, encode="ordinal"), filled),
        "category of 5": (OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1), texts),
        "impute of 5": (SimpleImputer(), numbers),
        "max-abs of 5": (MaxAbsScaler(), numbers),
        "min-max of 5": (MinMaxScaler(), numbers),
        "missing-indicator of 5": (MissingIndicator(features="all"), numbers),
        "one-hot of 5": (OneHotEncoder(handle_unknown="ignore"), texts),
        'one-hot of 5 {"dense":true}': (OneHotEncoder(handle_unknown="ignore", sparse_output=False), texts),
        'pca of 5 {"components":3}': (PCA(3, svd_solver="full"), filled),
        "polynomial of 5": (PolynomialFeatures(2, include_bias=False), filled),
        "power of 5": (PowerTransformer(), numbers),
        "quantile of 5": (QuantileTransformer(), numbers),
        'quantile of 5 {"output":"normal"}': (QuantileTransformer(output_distribution="normal"), numbers),
        "robust of 5": (RobustScaler(), numbers),
        "select-by-variance of 5": (VarianceThreshold(), numbers),
        "standardize of 5": (StandardScaler(), numbers),
        "tokens of 1": (CountVectorizer(**tokens), words),
        'tokens of 1 {"dense":true}': (CountVectorizer(**tokens, max_features=256), words),
        'tokens of 1 {"as":"tf-idf"}': (TfidfVectorizer(**tokens), words),
        'tokens of 1 {"as":"tf-idf","dense":true}': (TfidfVectorizer(**tokens, max_features=256), words),
        'tokens of 1 {"hash":true}': (HashingVectorizer(n_features=2**18, norm=None, alternate_sign=False, **tokens), words),
        'tokens of 1 {"hash":true,"dense":true}': (HashingVectorizer(n_features=256, norm=None, alternate_sign=False, **tokens), words),
        'tokens of 1 {"as":"tf-idf","sublinear":true,"hash":true,"features":1048576}': (make_pipeline(HashingVectorizer(n_features=2**20, norm=None, alternate_sign=False, **tokens), TfidfTransformer(sublinear_tf=True)), words),
    }
    found = {}
    per_million = 1e6 / len(words)
    for name, (transformer, values) in cases.items():
        samples = {"fit": [], "transform": [], "both, CPU": []}
        for _ in range(arguments.repeat):
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                t0, c0 = time.perf_counter(), time.process_time()
                transformer.fit(values)
                t1 = time.perf_counter()
                transformer.transform(values)
                t2 = time.perf_counter()
            for metric, seconds in (("fit", t1 - t0), ("transform", t2 - t1), ("both, CPU", time.process_time() - c0)):
                samples[metric].append(seconds * per_million)
        found[name] = samples
    print(json.dumps({"version": sklearn.__version__, **found}))


if __name__ == "__main__":
    main()
