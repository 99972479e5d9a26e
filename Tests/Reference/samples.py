"""RISE by its formula with given masks, and Captum's occlusion, on exported networks.

samples.py FOLDER NETWORK.pt2=WINDOW,STRIDE …

For every NETWORK reads FOLDER/NETWORK/{input,masks}.npy and writes {rise,occlusion}.npy, [2, H, W]: maps of
the likeliest class's probability and of its log-odds against the second. Behind masks and windows lie zeros.
"""

import pathlib
import sys

import numpy as np
import torch
from captum.attr import Occlusion

folder = pathlib.Path(sys.argv[1])
torch.set_grad_enabled(False)
for argument in sys.argv[2:]:
    path, numbers = argument.split("=")
    window, stride = map(int, numbers.split(","))
    network = torch.export.load(path).module(check_guards=False)
    place = folder / pathlib.Path(path).stem
    x = torch.from_numpy(np.load(place / "input.npy"))
    masks = torch.from_numpy(np.load(place / "masks.npy"))
    a, b = network(x)[0].topk(2).indices.tolist()

    def scores(inputs):
        y = network(inputs)
        return torch.stack([y.softmax(1)[:, a], y[:, a] - y[:, b]], 1)

    total = torch.zeros(2, *masks.shape[1:])
    for mask in masks:
        total += scores(x * mask)[0][:, None, None] * mask
    np.save(place / "rise.npy", (total / len(masks) / 0.5).numpy())
    maps = [
        Occlusion(lambda inputs: scores(inputs)[:, k]).attribute(
            x, sliding_window_shapes=(x.shape[1], window, window),
            strides=(x.shape[1], stride, stride))[0, 0]
        for k in range(2)
    ]
    np.save(place / "occlusion.npy", torch.stack(maps).float().numpy())
