"""The family of class activation maps by their formulas, from hooks and autograd on exported networks.

class_activation.py export OUT
    Writes OUT/branches.pt2, a small network of branches that are joined, a shortcut and a gate, with random weights.
class_activation.py explain OUT NETWORK.pt2=LAYER,LAYER …

Reads OUT/NETWORK/input.npy, one picture as the network takes it, and writes OUT/NETWORK/LAYER.SCORE.METHOD.npy, the
signed map at the layer, for the scores logit (of the likeliest class), log-odds (against the second) and finer (the
likeliest less 0.6 times the mean of the three with the nearest logits). Methods that run the network once a channel are left
out for layers written as LAYER!.
"""

import pathlib
import sys

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

BATCH = 16


class Branches(nn.Module):
    """Two branches of other kernels side by side, behind them a gate and a shortcut around both."""

    def __init__(self):
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(3, 8, 3, padding=1), nn.BatchNorm2d(8), nn.ReLU())
        self.narrow = nn.Sequential(nn.Conv2d(8, 4, 1), nn.ReLU())
        self.wide = nn.Sequential(nn.Conv2d(8, 4, 5, padding=2), nn.SiLU())
        self.gate = nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Conv2d(8, 8, 1), nn.Sigmoid())
        self.last = nn.Sequential(nn.Conv2d(8, 6, 3, stride=2), nn.ReLU())
        self.head = nn.Linear(6 * 5 * 4, 5)

    def forward(self, x):
        x = self.stem(x)
        joined = torch.cat([self.narrow(x), self.wide(x)], 1)
        x = x + joined * self.gate(joined)
        return self.head(self.last(x).flatten(1))


def export(out):
    torch.manual_seed(4)
    batch = torch.export.Dim("batch", min=1, max=64)
    example = (torch.randn(2, 3, 12, 10),)
    program = torch.export.export(Branches().eval(), example, dynamic_shapes=({0: batch},))
    torch.export.save(program, out / "branches.pt2")


def gradient_maps(a, g):
    """By method, from activations a and gradients g, both [1, K, h, w]."""
    total = a.sum((2, 3), keepdim=True)

    def plus_plus(epsilon):
        share = g**2 / (2 * g**2 + total * g**3 + epsilon)
        share = torch.where(g != 0, share, 0.0)
        return ((share * g.clamp(min=0)).sum((2, 3), keepdim=True) * a).sum(1)

    x_weight = torch.where(total == 0, 0.0, (g * a).sum((2, 3), keepdim=True) / total)
    return {
        "grad-cam": (g.mean((2, 3), keepdim=True) * a).sum(1),
        "grad-cam-plus-plus": plus_plus(0.0),
        "grad-cam-plus-plus-epsilon": plus_plus(1e-6),
        "hires-cam": (g * a).sum(1),
        "xgrad-cam": (x_weight * a).sum(1),
        "layer-cam": (g.clamp(min=0) * a).sum(1),
    }


def principal_map(a, centred):
    rows = a[0].flatten(1).T.double().numpy()
    if centred:
        rows = rows - rows.mean(0)
    left, lengths, _ = np.linalg.svd(rows, full_matrices=False)
    found = left[:, 0] * lengths[0]
    if found.max() < -found.min():
        found = -found
    return torch.from_numpy(found.reshape(1, *a.shape[2:]))


def masks(a, size):
    large = F.interpolate(a, size, mode="bilinear", align_corners=False)[0]
    low, high = large.amin((1, 2), keepdim=True), large.amax((1, 2), keepdim=True)
    return torch.where(high > low, (large - low) / (high - low), 0.0)[:, None]


def batches(inputs, run):
    return torch.cat([run(part) for part in inputs.split(BATCH)])


def explain(out, arguments):
    for argument in arguments:
        path, layers = argument.split("=")
        folder = out / pathlib.Path(path).stem
        network = torch.export.unflatten(torch.export.load(path))
        x = torch.from_numpy(np.load(folder / "input.npy"))
        with torch.no_grad():
            y = network(x)[0]
        p, q = y.topk(2).indices.tolist()
        near = [i for i in (y - y[p]).abs().argsort().tolist() if i != p][:3]
        scores = {
            "logit": lambda y: y[:, p],
            "log-odds": lambda y: y[:, p] - y[:, q],
            "finer": lambda y: y[:, p] - 0.6 * y[:, near].mean(1),
        }
        for layer in layers.split(","):
            layer, is_quick = layer.rstrip("!"), layer.endswith("!")
            module = network.get_submodule(layer)
            kept = []
            handle = module.register_forward_hook(lambda m, i, o: kept.append(o))
            y = network(x.clone().requires_grad_())
            handle.remove()
            a = kept[-1]
            found = {
                "any.eigen-cam": principal_map(a.detach(), True),
                "any.eigen-cam-uncentred": principal_map(a.detach(), False),
            }
            for name, score in scores.items():
                (g,) = torch.autograd.grad(score(y).sum(), a, retain_graph=True)
                for method, values in gradient_maps(a.detach(), g).items():
                    found[f"{name}.{method}"] = values
            a = a.detach()
            if not is_quick:
                with torch.no_grad():
                    seen = batches(x * masks(a, x.shape[2:]), network)
                    changed = []

                    def replace(_, inputs, output):
                        places = range(len(changed), len(changed) + len(output))
                        changed.extend(places)
                        output = output.clone()
                        for row, place in enumerate(places):
                            output[row, place] = 0
                        return output

                    handle = module.register_forward_hook(replace)
                    without = batches(x.expand(a.shape[1], *x.shape[1:]), network)
                    handle.remove()
                    plain = network(x)
                for name, score in scores.items():
                    weights = score(seen).softmax(0)
                    found[f"{name}.score-cam"] = (weights[:, None, None] * a[0]).sum(0, keepdim=True)
                    weights = score(plain) - score(without)
                    found[f"{name}.ablation-cam"] = (weights[:, None, None] * a[0]).sum(0, keepdim=True)
            for name, values in found.items():
                np.save(folder / f"{layer}.{name}.npy", values[0].detach().float().numpy())


if __name__ == "__main__":
    if sys.argv[1] == "export":
        export(pathlib.Path(sys.argv[2]))
    else:
        explain(pathlib.Path(sys.argv[2]), sys.argv[3:])
