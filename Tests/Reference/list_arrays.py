"""Prints the names and shapes of a .npz file's arrays, in order of their names."""

import sys

import numpy

arrays = numpy.load(sys.argv[1])
for name in sorted(arrays.files):
    print(name, arrays[name].shape)
