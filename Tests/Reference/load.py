"""Loads archives that Rather wrote and runs them on the inputs beside their originals.

load.py WRITTEN ORIGINALS

For every WRITTEN/NAME.pt2, runs it on ORIGINALS/NAME/input.npy and writes WRITTEN/NAME.npy.
"""

import pathlib
import sys

import numpy as np
import torch

from zoo import first_tensor

written, originals = map(pathlib.Path, sys.argv[1:])
for path in sorted(written.glob("*.pt2")):
    network = torch.export.load(path).module(check_guards=False)
    x = torch.from_numpy(np.load(originals / path.stem / "input.npy"))
    with torch.no_grad():
        y = first_tensor(network(x))
    np.save(path.with_suffix(".npy"), y.float().numpy())
