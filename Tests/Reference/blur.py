"""blur.py IN.npy OUT.npy SIGMA: SciPy's Gaussian filter over the last two axes of an array."""

import sys

import numpy as np
from scipy.ndimage import gaussian_filter

array = np.load(sys.argv[1]).astype(np.float64)
sigma = float(sys.argv[3])
blurred = gaussian_filter(array, sigma=(0, 0, sigma, sigma), mode="reflect", truncate=4)
np.save(sys.argv[2], blurred.astype(np.float32))
