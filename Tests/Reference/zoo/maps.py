"""Where the last maps over the picture lie, and what only looks like maps."""

import torch
from torch import nn
from torch.nn import functional as F

from . import Network, register

networks = {}


class Mapped(Network):
    """A network that says which layer is the last stack of maps, or "" where there is none."""

    shape = (3, 16, 16)
    default = ""


class Channels(nn.Module):
    """Layer normalisation over the channels of maps."""

    def __init__(self, width):
        super().__init__()
        self.norm = nn.LayerNorm(width)

    def forward(self, x):
        return self.norm(x.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)


class Attention(nn.Module):
    """Heads × tokens; `fused` by one operator, else by products and a softmax."""

    def __init__(self, width, heads, fused, talking=False):
        super().__init__()
        self.heads, self.fused = heads, fused
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.mix = nn.Conv2d(heads, heads, 1) if talking else nn.Identity()

    def forward(self, x):
        n, t, c = x.shape
        q, k, v = self.qkv(x).view(n, t, 3, self.heads, c // self.heads).permute(2, 0, 3, 1, 4)
        if self.fused:
            y = F.scaled_dot_product_attention(q, k, v)
        else:
            y = self.mix((q @ k.transpose(-2, -1) / 4).softmax(-1)) @ v
        return x + self.out(y.transpose(1, 2).reshape(n, t, c))


class Transformer(Mapped):
    fused, talking = True, False
    layer = "embed"
    # Behind the last attention only the class token is read.
    default = "blocks.1"

    def __init__(self):
        super().__init__()
        self.embed = nn.Conv2d(3, 16, 4, stride=4)
        self.token = nn.Parameter(torch.randn(1, 1, 16))
        self.blocks = nn.Sequential(
            *[Attention(16, 4, self.fused, self.talking) for _ in range(3)])
        self.norm = nn.LayerNorm(16)
        self.head = nn.Linear(16, 5)

    def forward(self, x):
        y = self.embed(x).flatten(2).transpose(1, 2)
        y = torch.cat([self.token.expand(x.shape[0], -1, -1), y], 1)
        return self.head(self.norm(self.blocks(y))[:, 0])


@register(networks)
class FusedTransformer(Transformer):
    pass


@register(networks)
class SpelledTransformer(Transformer):
    fused = False


@register(networks)
class TalkingHeads(Transformer):
    """A convolution over heads makes maps of tokens × tokens."""

    fused, talking = False, True


@register(networks)
class ShuffledTokens(Transformer):
    """Tokens in an order that nothing tells."""

    default = ""

    def __init__(self):
        super().__init__()
        self.register_buffer("order", torch.randperm(16))

    def forward(self, x):
        y = self.embed(x).flatten(2).transpose(1, 2)[:, self.order]
        return self.head(self.norm(self.blocks(y)).mean(1))


@register(networks)
class Registers(Transformer):
    """A class token in front, two registers at the end; the mean of the places is read, too."""

    default = "norm"

    def __init__(self):
        super().__init__()
        self.registers = nn.Parameter(torch.randn(1, 2, 16))

    def forward(self, x):
        y = self.embed(x).flatten(2).transpose(1, 2)
        token, registers = (part.expand(x.shape[0], -1, -1) for part in (self.token, self.registers))
        y = torch.cat([token, y, registers], 1)
        y = self.norm(self.blocks(y))
        return self.head(y[:, 0] + y[:, 1:-2].mean(1))


@register(networks)
class UnrolledTokens(Transformer):
    """Hiera: tokens in the order of windows of two by two, of each of which the largest is kept."""

    default = "norm"

    def forward(self, x):
        y = self.embed(x).permute(0, 2, 3, 1).view(-1, 2, 2, 2, 2, 16).permute(0, 2, 4, 1, 3, 5)
        y = self.blocks(y.reshape(-1, 16, 16))
        y = self.norm(y.view(-1, 4, 4, 16).max(1)[0])
        return self.head(y.mean(1))


@register(networks)
class RolledTokens(Transformer):
    """Places that went around and do not come back."""

    default = "embed"

    def __init__(self):
        super().__init__()
        self.late = nn.Linear(16, 16)

    def forward(self, x):
        y = self.late(self.embed(x).permute(0, 2, 3, 1).roll((1, 2), (1, 2)))
        return self.head(y.mean((1, 2)))


@register(networks)
class PooledByAttention(Mapped):
    """Maps first; a single attention gathers them."""

    layer = "maps"
    default = "gather"

    def __init__(self):
        super().__init__()
        self.maps = nn.Sequential(
            *[nn.Sequential(nn.Conv2d(3 if i == 0 else 8, 8, 3, padding=1), nn.ReLU())
              for i in range(4)])
        self.gather = Attention(8, 2, True)
        self.head = nn.Linear(8, 5)

    def forward(self, x):
        return self.head(self.gather(F.max_pool2d(self.maps(x), 4).flatten(2).mT).mean(1))


@register(networks)
class Mixer(Mapped):
    layer = "embed"
    default = "add_3"

    def __init__(self):
        super().__init__()
        self.embed = nn.Conv2d(3, 8, 4, stride=4)
        self.tokens = nn.ModuleList([nn.Linear(16, 16) for _ in range(2)])
        self.channels = nn.ModuleList([nn.Linear(8, 8) for _ in range(2)])
        self.head = nn.Linear(8, 5)

    def forward(self, x):
        y = self.embed(x).flatten(2)
        for tokens, channels in zip(self.tokens, self.channels):
            y = y + F.gelu(tokens(y))
            y = y + F.gelu(channels(y.mT)).mT
        return self.head(y.mean(2))


@register(networks)
class NormAfterPool(Mapped):
    """ConvNeXt: channels last inside a block, and [N, 1, 1, C] behind the pool."""

    layer = default = "stages"

    def __init__(self):
        super().__init__()
        self.stages = nn.Sequential(
            nn.Conv2d(3, 6, 4, stride=4), Channels(6), LastInside(6), LastInside(6))
        self.norm = Channels(6)
        self.head = nn.Linear(6, 5)

    def forward(self, x):
        return self.head(self.norm(F.adaptive_avg_pool2d(self.stages(x), 1)).flatten(1))


@register(networks)
class DecomposedNormAfterPool(NormAfterPool):
    decomposed = True


@register(networks)
class DecomposedTransformer(SpelledTransformer):
    decomposed = True


class LastInside(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.conv = nn.Conv2d(width, width, 3, padding=1, groups=width)
        self.norm = nn.LayerNorm(width)
        self.wide = nn.Linear(width, 2 * width)
        self.narrow = nn.Linear(2 * width, width)

    def forward(self, x):
        y = self.narrow(F.gelu(self.wide(self.norm(self.conv(x).permute(0, 2, 3, 1)))))
        return x + y.permute(0, 3, 1, 2)


class Windows(Mapped):
    """Swin: channels last, cut into windows whose number stands in the batch's axis."""

    layer = "embed"

    def __init__(self):
        super().__init__()
        self.embed = nn.Conv2d(3, 8, 2, stride=2)
        self.norms = nn.ModuleList([nn.LayerNorm(8) for _ in range(3)])
        self.blocks = nn.ModuleList([Attention(8, 2, True) for _ in range(3)])
        self.head = nn.Linear(8, 5)

    def blocked(self, x):
        y = self.embed(x).permute(0, 2, 3, 1)
        for norm, block in zip(self.norms, self.blocks):
            z = norm(y).roll((1, 1), (1, 2)).view(-1, 2, 4, 2, 4, 8).transpose(2, 3)
            z = block(z.reshape(-1, 16, 8)).view(-1, 2, 2, 4, 4, 8).transpose(2, 3)
            y = y + z.reshape(-1, 8, 8, 8).roll((-1, -1), (1, 2))
        return y

    def forward(self, x):
        return self.head(self.blocked(x).mean((1, 2)))


@register(networks)
class ChannelsLast(Windows):
    default = "add_5"


@register(networks)
class ChannelsFirstAtTheEnd(Windows):
    default = "permute_4"

    def forward(self, x):
        y = self.blocked(x).permute(0, 3, 1, 2)
        return self.head(F.adaptive_avg_pool2d(y, 1).flatten(1))


@register(networks)
class ConvolvedWindows(Mapped):
    """A convolution within windows gives maps of windows, not of pictures."""

    layer = default = "whole"

    def __init__(self):
        super().__init__()
        self.whole = nn.Conv2d(3, 4, 3, padding=1)
        self.window = nn.Conv2d(4, 4, 3, padding=1)
        self.head = nn.Linear(4, 5)

    def forward(self, x):
        n = x.shape[0]
        y = self.whole(x).view(n, 4, 2, 8, 2, 8).permute(0, 2, 4, 1, 3, 5).reshape(-1, 4, 8, 8)
        return self.head(self.window(y).view(n, 4, 4, 64).mean((1, 3)))


@register(networks)
class RestoredGrid(Mapped):
    """Tokens laid out as maps again; only the mean behind them says so."""

    layer = "embed"
    default = "relu"

    def __init__(self):
        super().__init__()
        self.embed = nn.Conv2d(3, 8, 4, stride=4)
        self.mlp = nn.Linear(8, 8)
        self.head = nn.Linear(8, 5)

    def forward(self, x):
        y = self.mlp(self.embed(x).flatten(2).mT)
        return self.head(y.mT.reshape(-1, 8, 4, 4).relu().mean((2, 3)))


@register(networks)
class LaterMapAside(Mapped):
    """A later stack of maps that only a second output shows."""

    layer = default = "conv"

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3)
        self.aside = nn.Conv2d(4, 4, 3)
        self.head = nn.Linear(4, 5)

    def forward(self, x):
        y = self.conv(x)
        return self.head(y.mean((2, 3))), self.aside(y)


@register(networks)
class ResizedPositions(Mapped):
    """A constant, resized as a picture is, that is added before the head."""

    layer = default = "conv"

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3, padding=1)
        self.grid = nn.Parameter(torch.randn(1, 4, 4, 4))
        self.head = nn.Linear(4, 5)

    def forward(self, x):
        y = self.conv(x).mean((2, 3))
        grid = F.interpolate(self.grid, size=(16, 16), mode="bilinear")
        return self.head(y + grid.mean((2, 3)))


@register(networks)
class Rows(Mapped):
    """Pooled over rows alone: what is left is no picture any more."""

    shape = (3, 16, 24)
    layer = default = "conv"

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 5)
        self.again = nn.Conv2d(4, 4, (1, 3))
        self.head = nn.Linear(4, 5)

    def forward(self, x):
        y = self.again(F.adaptive_avg_pool2d(self.conv(x), (1, 20)))
        return self.head(y.mean((2, 3)))


@register(networks)
class ClassMaps(Mapped):
    """Squeezed: the maps of the classes themselves, gated, then pooled."""

    layer = "maps"
    # What the maps of the classes are made of.
    default = "div"

    def __init__(self):
        super().__init__()
        self.body = nn.Conv2d(3, 6, 3)
        self.gate = nn.Conv2d(6, 6, 1)
        self.maps = nn.Sequential(nn.Conv2d(6, 5, 1), nn.ReLU())

    def forward(self, x):
        y = self.body(x).relu()
        y = y * self.gate(y.mean((2, 3), keepdim=True)).sigmoid() / (y.square().mean(1, True) + 1)
        return self.maps(y).clamp(min=1e-6).pow(3).mean((2, 3)).pow(1 / 3)
