"""Writes a made-up data set with the shape of Higgs as raw little-endian files: the signal mixes linear terms, products, an invariant mass, a step and
a periodic term, with logistic noise; half of the columns are noise or noisy copies.

NAME.x.f32 is rows x columns float32, row after row; NAME.y.f32 the labels, 0 or 1. The same seed gives the same files.
"""
import argparse
import json
import os

import numpy as np


def columns_of(random, rows, columns):
    normal = random.standard_normal((rows, columns)).astype(np.float32)
    x = normal.copy()
    for j in range(0, columns, 4):
        x[:, j] = np.exp(0.5 * normal[:, j])
    for j in range(2, columns, 7):
        x[:, j] = random.uniform(-np.pi, np.pi, rows).astype(np.float32)
    for j in range(columns // 2 + 1, columns, 3):
        x[:, j] = x[:, j - columns // 2] * 0.7 + 0.7 * normal[:, j]
    x[:, 9] = np.floor(np.clip(normal[:, 9] + 1.5, 0, 3))
    return x


def labels_of(random, x):
    c = [x[:, i].astype(np.float64) for i in range(16)]
    mass = np.sqrt(np.abs(c[0] * c[4] * (1.2 - np.cos(c[2]))) + 0.3 * c[8])
    signal = (
        0.6 * c[1] - 0.5 * c[3] * c[5] + 0.9 * np.where(c[6] > 0.4, 1.0, -0.4) + 0.8 * np.sin(2.0 * c[7]) - 1.1 * (mass - 1.1)
        + 0.35 * c[9] * c[10] + 0.5 * np.abs(c[11]) * np.sign(c[13]) - 0.25 * c[12] + 0.3 * c[14] * (c[15] > 0)
    )
    return (random.uniform(size=len(x)) < 1.0 / (1.0 + np.exp(-1.6 * (signal - 0.1)))).astype(np.float32)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--folder", required=True)
    parser.add_argument("--rows", type=int, required=True)
    parser.add_argument("--test-rows", type=int, default=200_000)
    parser.add_argument("--columns", type=int, default=28)
    parser.add_argument("--seed", type=int, default=7)
    arguments = parser.parse_args()
    random = np.random.default_rng(arguments.seed)
    for part, rows in (("train", arguments.rows), ("test", arguments.test_rows)):
        x = columns_of(random, rows, arguments.columns)
        labels_of(random, x).astype("<f4").tofile(os.path.join(arguments.folder, f"{part}.y.f32"))
        x.astype("<f4").tofile(os.path.join(arguments.folder, f"{part}.x.f32"))
    print(json.dumps({"rows": arguments.rows}))


main()
