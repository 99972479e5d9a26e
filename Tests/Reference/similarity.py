"""Similarities of pairs of maps, by NumPy and SciPy.

similarity.py A.npy B.npy RANGE

Prints the mean structural similarity of Wang et al. 2004 (Gaussian window 11 x 11, sigma 1.5, K1 =
0.01, K2 = 0.03, the mean over places where the window lies within the maps), Spearman's rank correlation, and
the overlap of the strongest tenths: intersection over union of the places that are above zero and no
less than the tenth's last value.
"""

import sys

import numpy as np
import scipy.ndimage
import scipy.stats

a, b = (np.load(path).astype(np.float64) for path in sys.argv[1:3])
span = float(sys.argv[3])


def smooth(x):
    # A radius of 5, of which 5 at every border are cut off below.
    return scipy.ndimage.gaussian_filter(x, sigma=1.5, truncate=3.5)


ma, mb = smooth(a), smooth(b)
va, vb, cov = smooth(a * a) - ma * ma, smooth(b * b) - mb * mb, smooth(a * b) - ma * mb
c1, c2 = (0.01 * span) ** 2, (0.03 * span) ** 2
ssim = (2 * ma * mb + c1) * (2 * cov + c2) / ((ma * ma + mb * mb + c1) * (va + vb + c2))


def strongest(x):
    count = -(-x.size // 10)
    return (x > 0) & (x >= np.partition(x.ravel(), x.size - count)[x.size - count])


A, B = strongest(a), strongest(b)
overlap = (A & B).sum() / (A | B).sum()
print(ssim[5:-5, 5:-5].mean(), scipy.stats.spearmanr(a.ravel(), b.ravel()).statistic, overlap)
