"""save_array.py MAPS.npz KEY OUT.npy: takes one array out of an archive by NumPy."""

import sys

import numpy as np

np.save(sys.argv[3], np.load(sys.argv[1])[sys.argv[2]])
