"""Fits scikit-learn's ridge regression to samples of which segments a picture keeps.

ridge.py FOLDER NAME …

Reads FOLDER/NAME.{kept,scores}.npy, of shapes [n, segments] and [scores, n], and writes
FOLDER/NAME.{coef,r2}.npy, the coefficients [scores, segments] and the weighted coefficients of
determination. Weights are those of the lime package: the square root of exp(−d² / 0.25²), d the
cosine distance from the first sample; the penalty is its 1.
"""

import pathlib
import sys

import numpy as np
from sklearn.linear_model import Ridge
from sklearn.metrics import pairwise_distances

folder = pathlib.Path(sys.argv[1])
for name in sys.argv[2:]:
    kept = np.load(folder / f"{name}.kept.npy").astype(np.float64)
    scores = np.load(folder / f"{name}.scores.npy").astype(np.float64)
    distance = pairwise_distances(kept, kept[:1], metric="cosine").ravel()
    weights = np.sqrt(np.exp(-(distance**2) / 0.25**2))
    coefficients, determinations = [], []
    for row in scores:
        model = Ridge(alpha=1, fit_intercept=True).fit(kept, row, sample_weight=weights)
        coefficients.append(model.coef_)
        determinations.append(model.score(kept, row, sample_weight=weights))
    np.save(folder / f"{name}.coef.npy", np.array(coefficients, np.float32))
    np.save(folder / f"{name}.r2.npy", np.array(determinations, np.float32))
