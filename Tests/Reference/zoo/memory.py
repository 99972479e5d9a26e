"""Operators that write in place: on layers, on views, on buffers, on the input."""

import torch
from torch import nn
from torch.nn import functional as F

from . import Network, register

networks = {}


class Stem(Network):
    """A convolution, and a head for what `body` makes of it."""

    layer = "conv"

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3, padding=1)
        self.next = nn.Conv2d(4, 4, 3, padding=1)
        self.head = nn.Linear(4, 5)

    def forward(self, x):
        return self.head(self.body(self.conv(x)).mean((2, 3)))

    def body(self, y):
        return y


@register(networks)
class InPlaceActivation(Stem):
    def body(self, y):
        return self.next(F.relu(y, inplace=True)).add_(1).mul_(0.5).sub_(0.1)


@register(networks)
class InPlaceResidual(Stem):
    def body(self, y):
        z = self.next(y.relu_())
        z += y
        return z.relu_()


@register(networks)
class InPlaceOneExample(InPlaceResidual):
    batch = 1


@register(networks)
class WrittenView(Stem):
    def body(self, y):
        channel = y[:, 0]
        channel *= 2
        return self.next(y)


@register(networks)
class WrittenBase(Stem):
    """The view is taken first, and sees what is later written to its base."""

    def body(self, y):
        view = y[:, 1:3]
        y.mul_(3)
        return self.next(torch.cat([view, view], 1)) + y


@register(networks)
class WrittenBaseTwice(Stem):
    layer = "next"

    def body(self, y):
        view = y.flatten(2)
        z = self.next(y)
        y.add_(z)
        z.tanh_()
        y.mul_(0.5)
        return z * view.unflatten(2, (8, 8)) + y


@register(networks)
class WrittenBeforeAndAfter(Stem):
    """A tensor from before the layer is written to after it, through a view."""

    layer = "next"

    def body(self, y):
        halves = y[:, :2], y.narrow(1, 2, 2)
        z = self.next(y)
        halves[0].add_(z[:, :2])
        halves[1].mul_(z[:, 2:])
        return y + z


@register(networks)
class Slices(Stem):
    def body(self, y):
        z = torch.zeros_like(y)
        z[:, :, 1:, ::2] = y[:, :, :-1, ::2]
        z[:, 1] = 4
        z[:, :2] += y[:, 2:]
        return self.next(z)


@register(networks)
class IndexPut(Stem):
    def body(self, y):
        z = self.next(y)
        z[:, [0, 2]] = y[:, [1, 3]]
        z[z > 1] = 1
        z.masked_fill_(y < -1, 0.25)
        z.index_fill_(1, torch.tensor([3]), 0.5)
        return z


@register(networks)
class WrittenThroughReshape(Stem):
    def body(self, y):
        flat = y.reshape(-1, 4, 64)
        flat[:, 0].clamp_(-0.3, 0.3)
        turned = y.permute(0, 2, 3, 1).reshape(-1, 64, 4)  # a copy
        turned.mul_(7)
        return self.next(y)


@register(networks)
class WrittenThroughDropout(Stem):
    """Outside training, dropout gives its very argument."""

    def body(self, y):
        z = F.dropout(y, 0.5, training=False)
        z.mul_(2)
        w = y.contiguous().to(torch.float32).type_as(z)
        w.add_(1)
        return self.next(y) + z


@register(networks)
class WrittenSelections(Stem):
    def body(self, y):
        a, b, c, d = (y.select(1, k) for k in range(4))
        a.mul_(2)
        d.copy_(b)
        c.unsqueeze(1).add_(b.unsqueeze(1))
        y.transpose(2, 3)[:, 1].neg_()
        return self.next(y)


@register(networks)
class WrittenInput(Stem):
    def forward(self, x):
        x.mul_(2)
        x[:, 0] += 1
        return super().forward(x)


@register(networks)
class CountingBuffer(Stem):
    def __init__(self):
        super().__init__()
        self.register_buffer("count", torch.zeros(()))
        self.register_buffer("seen", torch.ones(4, 1, 1))

    def body(self, y):
        self.count += 1
        self.seen[1:] += self.count
        return self.next(y) * self.count + self.seen


@register(networks)
class WrittenParameter(Stem):
    def body(self, y):
        with torch.no_grad():
            self.next.bias.add_(1)
        return self.next(y)


class Doubling(nn.Conv2d):
    """Writes to a part of what it gives."""

    def forward(self, x):
        y = super().forward(x)
        y[:, 0] *= 2
        return y


@register(networks)
class WrittenInsideModule(Stem):
    def __init__(self):
        super().__init__()
        self.conv = Doubling(3, 4, 3, padding=1)

    def body(self, y):
        return self.next(y.relu_())


@register(networks)
class OtherElementType(Stem):
    """What is written takes the element type of what it is written to."""

    def body(self, y):
        y = y.bfloat16().add_(self.next(y)).float()
        y.mul_(torch.full((4, 1, 1), 0.5, dtype=torch.float64))
        return y + self.next(y).gt_(0)


@register(networks)
class TurnedInPlace(Stem):
    def body(self, y):
        z = y.transpose_(2, 3).unsqueeze_(1).squeeze_(1)
        z[:, 1].zero_()
        return self.next(y)


@register(networks)
class WrittenWithoutGradient(Stem):
    def body(self, y):
        z = self.next(y)
        with torch.no_grad():
            z.add_(1)
        return z * 2


@register(networks)
class InPlaceZoo(Stem):
    def body(self, y):
        y = F.hardswish(y, inplace=True)
        z = F.leaky_relu(self.next(y), 0.2, inplace=True)
        z = F.silu(z + 1, inplace=True)
        z = F.elu(z - 1, inplace=True)
        z = F.hardtanh(z + 0, -2, 2, inplace=True)
        z = F.relu6(z + y, inplace=True)
        z.div_(2).clamp_(min=0.01).add_(y).sigmoid_()
        z = F.dropout(z, 0.5, training=False, inplace=True)
        return z + torch.empty_like(y).fill_(0.5)
