"""Attributes scores of a small network by the authors' library of Guided and Blur Integrated Gradients.

saliency_paths.py OUT

Writes OUT/network.pt2, OUT/input.npy and OUT/SCORE.METHOD.npy, each [C, H, W]. Two things are replaced in the library: an
argument of NumPy's quantile that has another name since, and what lies outside of a picture that is blurred, which is the picture's
reflection here. A step of the blur's derivative is as long as a step of the path, so that their product is the difference.
"""

import pathlib
import sys

import numpy as np
import torch
from scipy import ndimage
from torch import nn

import saliency_package

base, blur_ig, guided_ig = map(saliency_package.module, ("base", "blur_ig", "guided_ig"))

quantile = np.quantile
np.quantile = lambda values, q, interpolation: quantile(values, q, method=interpolation)
blur_ig.gaussian_blur = lambda image, sigma: image if sigma == 0 else ndimage.gaussian_filter(
    image, sigma=[sigma, sigma, 0], mode="reflect")


class Smooth(nn.Module):
    """Two convolutions and a linear layer, with smooth activations."""

    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(1, 5, 3, padding=1), nn.Softplus(), nn.Conv2d(5, 4, 3, stride=2), nn.Tanh(), nn.Flatten())
        self.head = nn.Linear(48, 3)

    def forward(self, x):
        return self.head(self.body(x))


torch.manual_seed(8)
network = Smooth().eval()
x = torch.rand(1, 1, 9, 8)
out = pathlib.Path(sys.argv[1])
batch = torch.export.Dim("batch")
program = torch.export.export(network, (x.repeat(2, 1, 1, 1),), dynamic_shapes=({0: batch},))
torch.export.save(program, out / "network.pt2")
np.save(out / "input.npy", x.numpy())

for name, score in (("logit", lambda y: y[:, 0]), ("log-odds", lambda y: y[:, 0] - y[:, 1])):

    def gradients(images, call_model_args=None, expected_keys=None):
        given = torch.tensor(np.moveaxis(images, 3, 1), dtype=torch.float32, requires_grad=True)
        (found,) = torch.autograd.grad(score(network(given)).sum(), given)
        return {base.INPUT_OUTPUT_GRADIENTS: np.moveaxis(found.double().numpy(), 1, 3)}

    image = np.moveaxis(x[0].double().numpy(), 0, 2)
    guided = guided_ig.GuidedIG().GetMask
    found = {
        "guided-ig": guided(image, gradients, x_baseline=image * 0, x_steps=30),
        "guided-ig-far": guided(
            image, gradients, x_baseline=image * 0 + 1, x_steps=12, fraction=0.4, max_dist=0.3),
        "blur-ig": blur_ig.BlurIG().GetMask(image, gradients, max_sigma=4, steps=20, grad_step=4 / 20),
    }
    for method, values in found.items():
        np.save(out / f"{name}.{method}.npy", np.moveaxis(values, 2, 0).astype(np.float32))
