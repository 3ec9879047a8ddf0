#!/usr/bin/env python3
"""scikit-learn over the flights that bench/features wrote: hour, weekday, standardised distance, ordinal origin and destination.

  flights.py --folder DIR --repeat 3

Reads date.i64 (epoch milliseconds), distance.f32, origin.txt and destination.txt. Prints one JSON line of samples: wall seconds of fit,
transform and both, CPU seconds of both; one run before them warms up.
"""
import argparse
import json
import os

import numpy as np
import pandas as pd
import sklearn
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import FunctionTransformer, OrdinalEncoder, StandardScaler

from timing import time_pipeline


def text(folder, name):
    with open(os.path.join(folder, f"{name}.txt"), encoding="utf-8") as file:
        return np.array(file.read().split("\n"), dtype=object)


def parts(frame):
    times = frame["date"].dt
    return np.column_stack([times.hour.to_numpy(np.float32), times.weekday.to_numpy(np.float32)])


def build():
    return ColumnTransformer(
        [
            ("date", FunctionTransformer(parts), ["date"]),
            ("distance", Pipeline([("impute", SimpleImputer()), ("scale", StandardScaler())]), ["distance"]),
            ("airports", OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1, dtype=np.float32), ["origin", "destination"]),
        ]
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", required=True)
    parser.add_argument("--repeat", type=int, default=3)
    arguments = parser.parse_args()
    frame = pd.DataFrame(
        {
            "date": pd.to_datetime(np.fromfile(os.path.join(arguments.folder, "date.i64"), "<i8"), unit="ms"),
            "distance": np.fromfile(os.path.join(arguments.folder, "distance.f32"), "<f4"),
            "origin": text(arguments.folder, "origin"),
            "destination": text(arguments.folder, "destination"),
        }
    )
    samples = time_pipeline(build, frame, arguments.repeat)
    print(json.dumps({"version": sklearn.__version__, **samples}))


if __name__ == "__main__":
    main()
