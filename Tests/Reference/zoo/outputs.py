"""What networks give back, and what exporting in other ways leaves."""

import torch
from torch import nn

from . import Network, register
from .layers import Norms, ReusedFirst
from .memory import CountingBuffer, InPlaceResidual, Slices, WrittenBaseTwice
from .sizes import Conv

networks = {}


@register(networks)
class TupleOutput(Conv):
    def forward(self, x):
        y = self.conv(x)
        return (y > 0).sum(), self.head(y.mean((2, 3))), y


@register(networks)
class DictionaryOutput(Conv):
    def forward(self, x):
        y = self.conv(x)
        return {"logits": self.head(y.mean((2, 3))), "features": y, "none": None, "size": 3}


@register(networks)
class TwoHeads(Conv):
    """Two rows of as many numbers, and one of fewer."""

    def forward(self, x):
        y = self.conv(x).mean((2, 3))
        return {"aux": -self.head(y), "main": (self.head(y), None), "few": y}


@register(networks)
class TiedWeights(Conv):
    def __init__(self):
        super().__init__()
        self.again = self.conv
        self.turned = nn.Linear(5, 4, bias=False)
        self.turned.weight = nn.Parameter(self.head.weight.detach().t())  # not contiguous

    def forward(self, x):
        y = self.head(self.again(x).mean((2, 3)) + self.conv(x.flip(3)).amax((2, 3)))
        return self.head(self.turned(y))


@register(networks)
class DecomposedNorms(Norms):
    decomposed = True


@register(networks)
class DecomposedCounting(CountingBuffer):
    decomposed = True


@register(networks)
class DecomposedResidual(InPlaceResidual):
    decomposed = True


@register(networks)
class DecomposedSlices(Slices):
    decomposed = True


@register(networks)
class DecomposedReuse(ReusedFirst):
    decomposed = True


@register(networks)
class StrictWrites(WrittenBaseTwice):
    strict = True


@register(networks)
class StrictReuse(ReusedFirst):
    strict = True
