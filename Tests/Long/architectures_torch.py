"""Grad-CAM by PyTorch alone: hooks on the live network, or the exported graph run node by node."""

import copy
import math

import numpy as np
import torch
from torch.nn import functional as F

import architectures_asking

SCORES = {
    "P": lambda y, p, q: y[:, p], "P rather than Q": lambda y, p, q: y[:, p] - y[:, q],
}


def network_input(side):
    """The picture as the card says that the network takes it."""
    levels = torch.tensor(list(architectures_asking.pixels(side)), dtype=torch.float32)
    return ((levels / 255 - 0.5) / 0.25).permute(2, 0, 1)[None]


class Recorder(torch.fx.Interpreter):
    """Runs an exported graph and keeps what one node gives, from which all behind it reads a copy."""

    def __init__(self, program, node):
        super().__init__(program)
        self.node = node

    def run_node(self, node):
        found = super().run_node(node)
        if node.name != self.node:
            return found
        self.kept = found
        return found.clone()


def hooked(network, layer, x):
    """What a module gives, and the logits; the module's readers read a copy, for they may write to it."""
    kept = []

    def keep(module, arguments, output):
        tensor = output if isinstance(output, torch.Tensor) else output[0]
        kept.append(tensor)
        if tensor is output:
            return tensor.clone()
        copies = type(output)(output)
        if isinstance(output, dict):
            copies[next(iter(output))] = tensor.clone()
            return copies
        return type(output)([tensor.clone(), *output[1:]])

    handle = network.get_submodule(layer).register_forward_hook(keep)
    logits = network(x)
    handle.remove()
    return kept[-1], logits


def stacked(values):
    """`[…, N, K, h, w]` of a layer's values on a square grid, whatever the order of their axes.

    Of tokens, the last h · w belong to places; those in front are of classes.
    """
    if values.ndim == 4:
        channels_last = values.shape[1] == values.shape[2]
        return values.permute(0, 3, 1, 2) if channels_last else values
    side = math.isqrt(values.shape[1])
    places = values[:, values.shape[1] - side * side:]
    return places.transpose(1, 2).unflatten(2, (side, side))


def grad_cams(network, layer, x, p, q):
    """By score of classes p and q, the signed map at the layer, `[h, w]`."""
    x = x.clone().requires_grad_()
    modules = dict(network.named_modules())
    if layer in modules and not isinstance(network, torch.fx.GraphModule):
        activation, logits = hooked(network, layer, x)
    else:
        recorder = Recorder(network, layer)
        logits = recorder.run(x)
        logits = logits if isinstance(logits, torch.Tensor) else logits[0]
        activation = recorder.kept
    maps = {}
    for name, score in SCORES.items():
        (gradient,) = torch.autograd.grad(score(logits, p, q).sum(), activation, retain_graph=True)
        weights = stacked(gradient).mean((2, 3), keepdim=True)
        maps[name] = (weights * stacked(activation.detach())).sum(1)[0].numpy()
    return maps


class PlainNormalization(torch.nn.Module):
    """Batch normalisation by its formula, so that no kernel of its gradient has a part."""

    def __init__(self, normalization):
        super().__init__()
        self.normalization = normalization

    def forward(self, x):
        own = self.normalization
        shape = [1, -1] + [1] * (x.ndim - 2)
        x = (x - own.running_mean.view(shape)) / (own.running_var.view(shape) + own.eps).sqrt()
        if own.weight is not None:
            x = x * own.weight.view(shape) + own.bias.view(shape)
        rest = [getattr(own, name) for name in ("drop", "act") if hasattr(own, name)]
        for module in rest:
            x = module(x)
        return x


def in_64_bits(network):
    """A copy that computes in 64 bits and knows no kernel of batch normalisation."""
    network = copy.deepcopy(network).double()
    for module in list(network.modules()):
        for name, child in list(module.named_children()):
            if isinstance(child, torch.nn.modules.batchnorm._BatchNorm):
                setattr(module, name, PlainNormalization(child))
    return network


def drawn(signed, side):
    """A map as it is drawn over the picture: rectified, then enlarged."""
    signed = torch.from_numpy(np.ascontiguousarray(signed))[None, None].clamp(min=0)
    return F.interpolate(signed, (side, side), mode="bilinear", align_corners=False)[0, 0].numpy()
