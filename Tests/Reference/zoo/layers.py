"""Modules: convolutions, norms, gates, transformers, and modules that are called again."""

import torch
from torch import nn

from . import Network, register

networks = {}


class Sequence(Network):
    """A list of modules, then the mean of each map and a linear head."""

    modules = ()
    width = 4

    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(*self.make())
        self.head = nn.Linear(self.width, 5)

    def forward(self, x):
        return self.head(self.body(x).mean((2, 3)))


@register(networks)
class Convolutions(Sequence):
    layer = "body.2"
    width = 6

    def make(self):
        return [
            nn.Conv2d(3, 6, 3, padding=1, groups=3),
            nn.Conv2d(6, 6, 3, padding=2, dilation=2),
            nn.Conv2d(6, 6, 3, padding=1, groups=6, bias=False),
            nn.ConvTranspose2d(6, 6, 3, stride=2, padding=1, output_padding=1, groups=2),
            nn.Conv2d(6, 6, (1, 3), stride=(2, 1), padding=(0, 1)),
        ]


@register(networks)
class Norms(Sequence):
    layer = "body.0"

    def make(self):
        norm = nn.BatchNorm2d(4)
        norm.running_mean.uniform_(-1, 1)
        norm.running_var.uniform_(0.5, 2)
        return [
            nn.Conv2d(3, 4, 3), norm, nn.GroupNorm(2, 4), nn.InstanceNorm2d(4, affine=True),
            nn.LayerNorm([4, 6, 6]), nn.LocalResponseNorm(2),
            nn.BatchNorm2d(4, affine=False, track_running_stats=False),
        ]


def seasoned(norm):
    """A normalisation that has seen data."""
    norm.running_mean.uniform_(-1, 1)
    norm.running_var.uniform_(0.5, 2)
    return norm


@register(networks)
class NormsFirst(Sequence):
    """Normalisations that no convolution feeds, or that one feeds besides something else."""

    layer = "body.2"

    def make(self):
        return [
            seasoned(nn.BatchNorm2d(3)), nn.ReLU(), nn.Conv2d(3, 4, 3), nn.ReLU(),
            seasoned(nn.BatchNorm2d(4, affine=False)), nn.Flatten(2), nn.Linear(36, 5, bias=False),
            seasoned(nn.BatchNorm1d(4)), nn.Unflatten(2, (5, 1)),
        ]


@register(networks)
class Activations(Sequence):
    layer = "body.0"

    def make(self):
        return [
            nn.Conv2d(3, 4, 3), nn.GELU(), nn.SiLU(), nn.Hardswish(), nn.Hardtanh(-1, 2),
            nn.LeakyReLU(0.1), nn.PReLU(4), nn.ELU(), nn.Hardsigmoid(), nn.Softmax(dim=1),
            nn.GELU("tanh"), nn.Mish(), nn.ReLU6(), nn.Dropout(0.3), nn.Dropout2d(0.3),
            nn.Identity(), nn.Softmax2d(), nn.RReLU(), nn.AlphaDropout(),
        ]


@register(networks)
class Gate(Network):
    layer = "conv"

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3, padding=1)
        self.squeeze = nn.Sequential(
            nn.AdaptiveAvgPool2d(1), nn.Conv2d(4, 2, 1), nn.SiLU(inplace=True),
            nn.Conv2d(2, 4, 1), nn.Sigmoid(),
        )
        self.head = nn.Sequential(nn.AdaptiveAvgPool2d((1, 1)), nn.Flatten(), nn.Linear(4, 5))

    def forward(self, x):
        y = self.conv(x)
        return self.head(y * self.squeeze(y))


@register(networks)
class LearntAddends(Network):
    """Parameters of one picture's shape, added from both sides, as they are and computed."""

    layer = "first"

    def __init__(self):
        super().__init__()
        self.first = nn.Conv2d(3, 4, 3, padding=1)
        self.second = nn.Conv2d(4, 4, 3, padding=1)
        self.third = nn.Conv2d(4, 4, 3, padding=1)
        self.right = nn.Parameter(torch.randn(1, 4, 8, 8))
        self.left = nn.Parameter(torch.randn(1, 4, 8, 8))
        self.head = nn.Linear(4, 5)

    def forward(self, x):
        y = (self.first(x) + self.right).relu()
        y = (self.left + self.second(y)).relu()
        y = self.left * 2 + self.third(y)
        return self.head(y.mean((2, 3)))


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Conv2d(4, 4, 3, padding=1)
        self.second = nn.Conv2d(4, 4, 3, padding=1)
        self.relu = nn.ReLU(inplace=True)

    def forward(self, x):
        y = self.relu(self.second(self.relu(self.first(x))))
        return self.relu(y + x)


class Reused(Network):
    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(3, 4, 3, padding=1)
        self.block = Block()
        self.head = nn.Linear(4, 5)

    def forward(self, x):
        return self.head(self.block(self.stem(x)).mean((2, 3)))


@register(networks)
class ReusedLast(Reused):
    layer = "block.relu"


@register(networks)
class ReusedFirst(Reused):
    layer = "block.relu"
    call = 0


@register(networks)
class ReusedSecond(Reused):
    layer = "block.relu"
    call = 1


@register(networks)
class ReusedBlock(Reused):
    """A block of reused modules, called twice."""

    layer = "block"
    call = 0

    def forward(self, x):
        return self.head(self.block(self.block(self.stem(x))).mean((2, 3)))


@register(networks)
class Nested(Network):
    layer = "features.1.0"

    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(
            nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4), nn.ReLU(True)),
            nn.Sequential(nn.Sequential(nn.Conv2d(4, 4, 3), nn.ReLU(True)), nn.MaxPool2d(2)),
        )
        self.heads = nn.ModuleDict({"one": nn.Linear(16, 5), "two": nn.Linear(16, 5)})

    def forward(self, x):
        y = self.features(x).flatten(1)
        return self.heads["one"](y) + self.heads["two"](y)


@register(networks)
class MultiHead(Network):
    layer = "embed"

    def __init__(self):
        super().__init__()
        self.embed = nn.Conv2d(3, 8, 2, stride=2)
        self.attention = nn.MultiheadAttention(8, 2, batch_first=True)
        self.weighted = nn.MultiheadAttention(8, 2)
        self.head = nn.Linear(8, 5)

    def forward(self, x):
        y = self.embed(x).flatten(2).transpose(1, 2)
        z, _ = self.attention(y, y, y, need_weights=False)
        z = z.transpose(0, 1)
        z, weights = self.weighted(z, z, z)
        return self.head(z.mean(0)) + weights.amax((1, 2)).unsqueeze(1)


@register(networks)
class Transformer(Network):
    layer = "embed"

    def __init__(self):
        super().__init__()
        self.embed = nn.Conv2d(3, 8, 2, stride=2)
        self.token = nn.Parameter(torch.randn(1, 1, 8))
        layer = nn.TransformerEncoderLayer(
            8, 2, 16, dropout=0.1, activation="gelu", batch_first=True, norm_first=True)
        self.encoder = nn.TransformerEncoder(layer, 2, enable_nested_tensor=False)
        self.head = nn.Linear(8, 5)

    def forward(self, x):
        y = self.embed(x).flatten(2).transpose(1, 2)
        y = torch.cat([self.token.expand(y.shape[0], -1, -1), y], 1)
        return self.head(self.encoder(y)[:, 0])


@register(networks)
class TransformerOneExample(Transformer):
    batch = 1


@register(networks)
class TransformerStrict(Transformer):
    strict = True


@register(networks)
class Recurrent(Network):
    layer = "conv"

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3, padding=1)
        self.memory = nn.LSTM(4, 6, batch_first=True, bidirectional=True)
        self.gate = nn.GRU(12, 6, batch_first=True)
        self.head = nn.Linear(6, 5)

    def forward(self, x):
        y = self.conv(x).mean(2).transpose(1, 2)
        y, _ = self.memory(y)
        _, last = self.gate(y)
        return self.head(last[-1])
