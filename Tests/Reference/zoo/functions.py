"""Functional networks, string and enumeration arguments, several results, linear algebra."""

import torch
from torch import nn
from torch.nn import functional as F

from . import Network, register
from .sizes import Conv

networks = {}


@register(networks)
class FunctionalOnly(Network):
    """No modules at all: an identity over averaged colours."""

    def forward(self, x):
        y = F.avg_pool2d(torch.tanh(x * 2 - x.square()), 2)
        return torch.cat([y.mean((2, 3)), y.amax((2, 3))], 1)


@register(networks)
class Paddings(Network):
    layer = "reflect"

    def __init__(self):
        super().__init__()
        self.same = nn.Conv2d(3, 4, 3, padding="same", padding_mode="zeros")
        self.valid = nn.Conv2d(4, 4, 2, padding="valid")
        self.reflect = nn.Conv2d(4, 4, 3, padding=1, padding_mode="reflect")
        self.circular = nn.Conv2d(4, 5, 3, padding=1, padding_mode="circular")

    def forward(self, x):
        y = self.circular(self.reflect(self.valid(self.same(x))).relu())
        y = F.pad(y, (1, -1, 2, 0), mode="constant", value=0.5)
        return F.pad(y, (2, 2, 1, 1), mode="replicate").mean((2, 3))


@register(networks)
class PaddedPool(Conv):
    """Zeros that no convolution reads."""

    def forward(self, x):
        y = F.max_pool2d(F.pad(self.conv(x), (1, 1, 1, 1), value=0.0), 3, 2)
        return self.head(y.mean((2, 3)))


@register(networks)
class PaddedForSeveral(Conv):
    """Zeros that a convolution reads, and an addition or a concatenation besides."""

    def __init__(self):
        super().__init__()
        self.first = nn.Conv2d(4, 4, 3, padding=1)
        self.second = nn.Conv2d(4, 4, 3)
        self.zeros = nn.ConstantPad2d(1, 0.0)

    def forward(self, x):
        y = self.zeros(self.conv(x))
        y = self.zeros(self.first(y) + y)
        return self.head((torch.cat([y, y], 3).mean((2, 3)) + self.second(y).mean((2, 3))))


@register(networks)
class Interpolations(Conv):
    def forward(self, x):
        y = self.conv(x)
        z = F.interpolate(y, scale_factor=2.0, mode="nearest")
        z = F.interpolate(z, size=(5, 7), mode="bilinear", align_corners=False)
        z = F.interpolate(z, scale_factor=1.5, mode="bicubic", align_corners=True)
        z = z + F.interpolate(y, size=z.shape[-2:], mode="area")
        z = F.interpolate(z, size=(6, 6), mode="bilinear", antialias=True)
        return self.head(F.pixel_shuffle(F.pixel_unshuffle(z, 2), 2).mean((2, 3)))


@register(networks)
class Pools(Conv):
    def forward(self, x):
        y = self.conv(x)
        a = F.max_pool2d(y, 3, stride=2, ceil_mode=True)
        b = F.avg_pool2d(y, 3, stride=2, ceil_mode=True, count_include_pad=False)
        c = F.adaptive_max_pool2d(y, (4, 4)) + F.adaptive_avg_pool2d(y, (4, None))[..., ::2]
        d, index = F.max_pool2d(y, 2, return_indices=True)
        z = a + b + c + d + F.lp_pool2d(y.abs() + 0.1, 2, 2) + index * 0.001
        return self.head(F.max_unpool2d(d, index, 2).mean((2, 3)) + z.mean((2, 3)))


@register(networks)
class SeveralResults(Conv):
    def forward(self, x):
        y = self.conv(x)
        a, b = y.chunk(2, dim=1)
        c, d = torch.split(y, [1, 3], dim=1)
        e = torch.stack(y.unbind(1), dim=-1).movedim(-1, 1)
        largest, where = y.flatten(2).max(dim=2)
        top, index = y.flatten(2).topk(3, dim=-1, largest=True, sorted=True)
        deviation, mean = torch.std_mean(y, dim=(2, 3))
        middle = y.flatten(2).median(-1).values + y.flatten(2).sort(-1)[0][..., 5]
        z = (torch.cat([b, a], 1) + torch.cat([d, c], 1) + e).mean((2, 3)) + largest + mean
        z = z + top.mean(-1) + index[..., 0] * 0.01 + where * 0.01 + deviation + middle
        return self.head(z)


@register(networks)
class LinearAlgebra(Conv):
    def forward(self, x):
        y = self.conv(x)
        gram = torch.einsum("nchw,ndhw->ncd", y, y) / 64
        z = torch.einsum("nij,nj->ni", gram, y.mean((2, 3)))
        z = z + torch.baddbmm(gram, gram, gram, beta=0.5, alpha=0.1).diagonal(dim1=1, dim2=2)
        z = z + (gram @ z.unsqueeze(-1)).squeeze(-1) + torch.bmm(gram, gram).mean(2)
        return torch.addmm(self.head.bias, z, self.head.weight.t()) + z.norm(dim=1, keepdim=True)


@register(networks)
class Normalised(Conv):
    def forward(self, x):
        y = F.normalize(self.conv(x), dim=1, eps=1e-6)
        y = F.local_response_norm(y, 3) + F.instance_norm(y) + F.group_norm(y, 2)
        y = F.layer_norm(y, [8, 8]) + F.rms_norm(y, [8]) + F.softplus(y, beta=2) + F.gelu(y)
        y = y + F.gelu(y, approximate="tanh") + F.mish(y) + F.selu(y) + F.logsigmoid(y) + F.celu(y)
        y = y + F.softshrink(y) + F.threshold(y, 0.1, 0.0) + F.softsign(y) + F.glu(y, 2).mean()
        return F.log_softmax(self.head(y.mean((2, 3))), dim=-1)


@register(networks)
class Attention(Network):
    layer = "embed"

    def __init__(self):
        super().__init__()
        self.embed = nn.Conv2d(3, 8, 2, stride=2)
        self.query = nn.Linear(8, 24)
        self.head = nn.Linear(8, 5)

    def forward(self, x):
        y = self.embed(x).flatten(2).transpose(1, 2)
        n, t, c = y.shape
        q, k, v = self.query(y).reshape(n, t, 3, 2, c // 2).permute(2, 0, 3, 1, 4).unbind(0)
        z = F.scaled_dot_product_attention(q, k, v, scale=0.7)
        mask = torch.ones(t, t, dtype=torch.bool).tril()
        z = z + F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        z = z + F.scaled_dot_product_attention(q, k, v, is_causal=True)
        return self.head(z.transpose(1, 2).reshape(n, t, c).mean(1))


@register(networks)
class NoGradient(Conv):
    """A region without gradients: the gate is a constant to autograd."""

    def forward(self, x):
        y = self.conv(x)
        with torch.no_grad():
            gate = y.sigmoid()
            bias, scale = gate.mean(1, keepdim=True), gate.amax((2, 3), keepdim=True)
        z = y * gate + bias * scale
        return self.head(z.mean((2, 3))) + z.detach().mean()


@register(networks)
class Autocast(Conv):
    def forward(self, x):
        with torch.autocast("cpu", enabled=False):
            y = self.conv(x.float())
        with torch.autocast("cuda", dtype=torch.float16):
            z = y.relu() + 1
        return self.head(z.mean((2, 3)))
