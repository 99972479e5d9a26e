"""Gathers attributions over parts of a picture by the authors' library of XRAI.

saliency_regions.py FOLDER MARGIN SMALLEST

Reads FOLDER/attribution.npy, [H, W], and FOLDER/cuts.npy, [n, H, W], the number of the part that each pixel belongs to in each
cut; writes FOLDER/map.npy. Parts grow by MARGIN pixels, and none with fewer than SMALLEST new pixels counts. The library's cutting and
resizing, which ask for scikit-image, are not used: it is given its place by SciPy's dilation.
"""

import pathlib
import sys
import types

import numpy as np
from scipy import ndimage

import saliency_package

image = types.ModuleType("skimage")
image.segmentation = None
morphology = types.ModuleType("skimage.morphology")
morphology.dilation = morphology.disk = None
transform = types.ModuleType("skimage.transform")
transform.resize = None
sys.modules |= {"skimage": image, "skimage.morphology": morphology, "skimage.transform": transform}
xrai = saliency_package.module("xrai")

folder, margin, smallest = pathlib.Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
attribution = np.load(folder / "attribution.npy").astype(np.float64)
across = np.arange(-margin, margin + 1)
disk = across[:, None] ** 2 + across**2 <= margin**2
masks = [
    ndimage.binary_dilation(cut == label, disk)
    for cut in np.load(folder / "cuts.npy").astype(int) for label in range(cut.max() + 1)
]
parameters = xrai.XRAIParameters()
parameters.experimental_params["min_pixel_diff"] = smallest
found = xrai.XRAI().GetMask(
    attribution, None, segments=masks, base_attribution=attribution, extra_parameters=parameters)
np.save(folder / "map.npy", found.astype(np.float32))
