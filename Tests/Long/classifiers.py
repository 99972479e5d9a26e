"""Counts in PyTorch what a trained classifier gets right, and holds it against what Rather counted.

classifiers.py DATA NETWORK.pt2 ACCURACY LEAST SECONDS
"""

import gzip
import json
import pathlib
import sys

import numpy as np
import torch

data, network, told, least, seconds = sys.argv[1:]


def read(name, start, shape):
    contents = gzip.decompress((pathlib.Path(data) / f"t10k-{name}-ubyte.gz").read_bytes())
    return torch.from_numpy(np.frombuffer(contents, np.uint8, offset=start).reshape(shape).copy())


pictures, labels = read("images-idx3", 16, (-1, 1, 28, 28)), read("labels-idx1", 8, -1)
card = json.loads(pathlib.Path(network).with_suffix(".json").read_text())["input"]
model = torch.export.load(network).module()
right = 0
with torch.no_grad():
    for some, classes in zip(pictures.split(500), labels.split(500)):
        x = (some / 255 - card["mean"][0]) / card["std"][0]
        right += int((model(x).argmax(1) == classes).sum())
accuracy = right / len(labels)
print(f"{pathlib.Path(network).stem}: {told} by Rather, {accuracy:.4f} by PyTorch, in {seconds} s")
# Of ten thousand pictures, two may lie so near the border of two classes that sums in another order decide.
sys.exit(accuracy < float(least) or abs(accuracy - float(told)) > 2.1e-4)
