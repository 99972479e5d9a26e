"""Runs exported networks in PyTorch and differentiates them with its autograd, through hooks.

networks.py OUT NETWORK.pt2=LAYER,LAYER …

Writes OUT/NETWORK/{input,output}.npy, and for every layer and score
OUT/NETWORK/LAYER.{activation,logit,cluster,log-odds,surprise}.npy; the scores are of the first
picture's likeliest classes a > b > c: logit a; cluster {a, c}; log-odds of a against b; surprise
at b. A Grad-CAM map here is the sum over channels of mean gradient times activation, before ReLU.
"""

import pathlib
import sys

import numpy as np
import torch

out = pathlib.Path(sys.argv[1])
for argument in sys.argv[2:]:
    path, layers = argument.split("=")
    program = torch.export.load(path)
    module = torch.export.unflatten(program)
    meta = [n for n in program.graph.nodes if n.op == "placeholder"][-1].meta["val"]
    shape = [int(s) for s in meta.shape[1:]]
    x = torch.from_numpy(np.random.RandomState(7).randn(2, *shape).astype(np.float32))
    folder = out / pathlib.Path(path).stem
    folder.mkdir(parents=True, exist_ok=True)
    np.save(folder / "input.npy", x.numpy())
    with torch.no_grad():
        y = module(x)
    np.save(folder / "output.npy", y.numpy())
    a, b, c = y[0].topk(3).indices.tolist()
    for layer in layers.split(","):
        kept = []
        handle = module.get_submodule(layer).register_forward_hook(lambda m, i, o: kept.append(o))
        y = module(x[:1].clone().requires_grad_())[0]
        handle.remove()
        activation = kept[-1]
        scores = {
            "logit": y[a],
            "cluster": y[[a, c]].logsumexp(0),
            "log-odds": y[a] - y[b],
            "surprise": torch.nn.functional.cross_entropy(y[None], torch.tensor([b])),
        }
        np.save(folder / f"{layer}.activation.npy", activation.detach().numpy())
        for name, score in scores.items():
            (gradient,) = torch.autograd.grad(score, activation, retain_graph=True)
            alpha = gradient.mean((2, 3), keepdim=True)
            cam = (alpha * activation).sum(1)[0].detach()
            np.save(folder / f"{layer}.{name}.npy", cam.numpy())
