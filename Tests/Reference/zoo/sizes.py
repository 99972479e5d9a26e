"""Sizes that follow the input, tensors made from them, constants, element types and devices."""

import torch
from torch import nn
from torch.nn import functional as F

from . import Network, register

networks = {}


class Conv(Network):
    layer = "conv"

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3, padding=1)
        self.head = nn.Linear(4, 5)


@register(networks)
class BatchArithmetic(Conv):
    def forward(self, x):
        y = self.conv(x)
        n = (x.shape[0] * 2 + 4) // 2 - 2
        z = y.view(n, 4, -1) + y.reshape(y.size(0) // 1, -1, y.shape[2] * y.shape[3])
        z = z.view(n * 4, -1).view(-1, 4, 64)
        return self.head(z.mean(-1)) * (x.shape[0] / 2 / x.shape[0]) + max(n, 1) - n % 7


@register(networks)
class MadeFromSizes(Conv):
    def forward(self, x):
        y = self.conv(x)
        n, c, h, w = y.shape
        rows = torch.arange(h, dtype=torch.float32, device=x.device).view(1, 1, h, 1)
        ramp = torch.linspace(-1, 1, w, device="cpu").expand(n, c, h, w)
        zeros = torch.zeros(n, c, h, w, dtype=y.dtype, device=y.device)
        full = torch.full((n, 1, 1, 1), 0.5, dtype=torch.float32)
        ones = y.new_ones((n, c, 1, 1)) + torch.empty(n, c, 1, 1).fill_(0.5)
        eye = torch.eye(w, device=x.device)
        z = (y * rows + ramp + zeros + full) @ eye * ones
        batch = torch.arange(n, device=x.device).view(-1, 1) * 0.01
        return self.head(z.mean((2, 3))) + batch + torch.ones_like(batch)


@register(networks)
class ClassToken(Network):
    def __init__(self):
        super().__init__()
        self.embed = nn.Conv2d(3, 8, 4, stride=4)
        self.token = nn.Parameter(torch.randn(1, 1, 8))
        self.position = nn.Parameter(torch.randn(1, 5, 8))
        self.head = nn.Linear(8, 5)

    layer = "embed"

    def forward(self, x):
        y = self.embed(x).flatten(2).transpose(1, 2)
        token = self.token.expand(x.shape[0], -1, -1)
        y = torch.cat([token, y], dim=1) + self.position
        return self.head(y.softmax(-1)[:, 0] + y.mean(1))


@register(networks)
class Constants(Conv):
    def __init__(self):
        super().__init__()
        self.const = torch.tensor([1.0, 2.0, 3.0, 4.0])
        self.register_buffer("scale", torch.rand(4))
        self.register_buffer("shift", torch.rand(4), persistent=False)
        self.register_buffer("order", torch.tensor([3, 1, 0, 2]))

    def forward(self, x):
        y = self.conv(x).mean((2, 3)) * self.const + torch.tensor([0.1, 0.2, 0.3, 0.4])
        y = y * self.scale + self.shift
        return self.head(y[:, self.order] + torch.tensor(2.5))


@register(networks)
class IntegersAndTruths(Conv):
    def forward(self, x):
        y = self.conv(x)
        mask = (y > 0) & ~(y > 1) | (y < -1)
        steps = (y * 4).to(torch.int64).clamp(-3, 3).remainder(3)
        picked = torch.where(mask, y, torch.full_like(y, -0.5))
        counted = mask.sum(dim=(2, 3)) + steps.sum((2, 3))
        hot = F.one_hot(steps[:, :, 0, 0].abs(), 3).float().sum(-1)
        index = torch.argmax(y.mean((2, 3)), 1, keepdim=True)
        z = picked.mean((2, 3)) + counted.float() * 0.01 + hot
        return self.head(z.scatter(1, index, 0.5)) + z.gather(1, index)


@register(networks)
class ElementTypes(Conv):
    def forward(self, x):
        y = self.conv(x).to(torch.float64)
        y = (y.exp().sum((2, 3)) + 1).log().to(torch.float32)
        y = y + y.double().float() + y.to(torch.bfloat16).to(x.dtype) + y.half().type_as(x)
        return self.head(y.to("cpu").to(device="cpu", dtype=torch.float32))


@register(networks)
class MemoryFormats(Conv):
    def forward(self, x):
        y = self.conv(x.contiguous(memory_format=torch.channels_last))
        y = y.to(memory_format=torch.channels_last).clone(memory_format=torch.contiguous_format)
        z = torch.empty_like(y, memory_format=torch.preserve_format).zero_()
        return self.head((y + z).permute(0, 2, 3, 1).contiguous().mean((1, 2)))


@register(networks)
class Infinities(Conv):
    def forward(self, x):
        y = self.conv(x).flatten(2)
        y = y.masked_fill(y < -0.5, float("-inf")).softmax(-1)
        mask = torch.full((64, 64), float("-inf")).triu(1)
        y = (torch.zeros(64, 64) + mask).softmax(-1) @ y.transpose(1, 2)
        y = torch.nan_to_num(y, nan=0.0, posinf=1.0, neginf=-1.0)
        return self.head(y.amax(1) + y.clamp(min=None, max=0.1).norm(dim=1, p=float("inf")))


@register(networks)
class Index(Conv):
    batch = 1

    def forward(self, x):
        y = self.conv(x)
        rows = torch.arange(8)[:, None]
        z = y[:, :, rows, torch.tensor([0, 3, 5])] + y[:, None, ..., -3:].squeeze(1)
        z = z + torch.roll(y, (1, -1), (2, 3))[..., :3] + y.flip(2)[..., 2:5]
        z = z.index_select(1, torch.tensor([2, 0, 1, 3])).narrow(2, 1, 5)
        return self.head(torch.take_along_dim(z, z.argsort(2), 2)[:, :, -2:].mean((2, 3)))
