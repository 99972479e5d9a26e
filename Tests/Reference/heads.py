"""What PyTorch makes of networks whose ends are no softmax: one sigmoid, several, a map of classes.

heads.py OUT

Writes OUT/NAME/network.pt2, input.npy, logits.npy, and for each number y of the logits
  cam.K.npy        Grad-CAM of y at the layer “second”, with its sign, by a hook
  ig.K.npy         integrated gradients of y from a black picture, 50 points of Gauss and Legendre
  occlusion.K.npy  sigmoid(y) less what it is with windows of 4 x 4 black, 4 apart
Of the map of classes y is the mean over rows 1-3 and columns 2-5 of the class's map; of the embedding the cosine with each of
two references, the second the mean of the directions of two vectors, and occlusion is of y itself. references.npz holds them.
"""

import pathlib
import sys

import numpy as np
import torch
from torch import nn

torch.manual_seed(3)
torch.set_num_threads(1)


class Small(nn.Module):
    def __init__(self, outputs, ends):
        super().__init__()
        self.first = nn.Conv2d(3, 6, 3, padding=1)
        self.second = nn.Conv2d(6, 5, 3, padding=1, stride=2)
        self.head = nn.Linear(5, outputs)
        self.ends = ends

    def logits(self, x):
        h = torch.relu(self.second(torch.relu(self.first(x))))
        return self.head(h.mean((2, 3)) * 6)

    def forward(self, x):
        y = self.logits(x)
        return torch.sigmoid(y) if self.ends else y


class Places(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Conv2d(3, 6, 3, padding=1)
        self.second = nn.Conv2d(6, 5, 3, padding=1, stride=2)
        self.head = nn.Conv2d(5, 3, 3, padding=1)

    def forward(self, x):
        return self.head(torch.relu(self.second(torch.relu(self.first(x)))))

    def logits(self, x):
        return self(x)[:, :, 1:4, 2:6].mean((2, 3))


class Embedding(Small):
    def __init__(self):
        super().__init__(7, False)
        self.near, self.far = torch.randn(7), torch.randn(2, 7)

    def forward(self, x):
        return super().logits(x)

    def logits(self, x):
        means = torch.stack([self.near, torch.nn.functional.normalize(self.far, dim=1).mean(0)])
        return torch.nn.functional.cosine_similarity(self(x)[:, None], means[None], dim=2)


def cam(network, x, k):
    kept = []
    handle = network.second.register_forward_hook(lambda *call: kept.append(call[2]))
    y = network.logits(x)[0, k]
    handle.remove()
    gradient = torch.autograd.grad(y, kept[0])[0]
    return (gradient.mean((2, 3), keepdim=True) * kept[0]).sum(1)[0].detach()


def integrated(network, x, k):
    points, weights = np.polynomial.legendre.leggauss(50)
    total = torch.zeros_like(x)
    for point, weight in zip(points, weights):
        at = (x * float((point + 1) / 2)).requires_grad_()
        total += torch.autograd.grad(network.logits(at)[0, k], at)[0] * float(weight / 2)
    return (total * x)[0]


def occluded(network, x, k):
    link = (lambda y: y) if isinstance(network, Embedding) else torch.sigmoid
    p = link(network.logits(x))[0, k]
    found = torch.zeros(x.shape[2:])
    for row in range(0, x.shape[2], 4):
        for column in range(0, x.shape[3], 4):
            hidden = x.clone()
            hidden[:, :, row : row + 4, column : column + 4] = 0
            found[row : row + 4, column : column + 4] = p - link(network.logits(hidden))[0, k]
    return found.detach()


out = pathlib.Path(sys.argv[1])
networks = {
    "one-sigmoid": Small(1, True),
    "one-logit": Small(1, False),
    "sigmoids": Small(3, True),
    "places": Places(),
    "embedding": Embedding(),
}
for name, network in networks.items():
    network.eval()
    folder = out / name
    folder.mkdir(parents=True)
    x = torch.rand(1, 3, 16, 16)
    program = torch.export.export(
        network, (torch.rand(2, 3, 16, 16),), dynamic_shapes=({0: torch.export.Dim("batch", min=1)},)
    )
    torch.export.save(program, folder / "network.pt2")
    y = network.logits(x)[0].detach()
    np.save(folder / "input.npy", x.numpy())
    np.save(folder / "logits.npy", y.numpy())
    if isinstance(network, Embedding):
        np.savez(folder / "references.npz", near=network.near.numpy(), far=network.far.double().numpy())
    for k in range(len(y)):
        np.save(folder / f"cam.{k}.npy", cam(network, x, k).numpy())
        np.save(folder / f"ig.{k}.npy", integrated(network, x, k).detach().numpy())
        np.save(folder / f"occlusion.{k}.npy", occluded(network, x, k).numpy())
