"""Relevance of a small vision transformer as a modified gradient times the input, re-derived from the papers.

attention_relevance.py OUT

Writes OUT/NAME.pt2, OUT/NAME.json (its card), OUT/NAME.input.npy and, for each set of rules, OUT/NAME.RULES.npy of the first class:

  attn-lrp   Achtibat et al. 2024: f(x)/x at GELU, deviations of layer norm held, half to each factor of a product
  gamma      the same with the gamma rule (gamma = 0.25) in linear layers and the patch embedding
  cp-lrp     Ali et al. 2022: the attention's weights held constant
  cp-gamma   the same with the gamma rule

NAME is "vit", whose attention is one call, and "written", whose attention is written out and has a mask; "bare" has no biases.
"""

import json
import pathlib
import sys

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

SIDE, PATCH, WIDTH, HEADS = 16, 4, 12, 3


def halved(x):
    return x / 2 + (x / 2).detach()


class GammaLinear(torch.autograd.Function):
    """z = W x + b, whose gradient times x is the generalised gamma rule's relevance of z times its gradient."""

    @staticmethod
    def forward(ctx, x, weight, bias, gamma):
        z = F.linear(x, weight, bias)
        ctx.save_for_backward(x, weight, torch.zeros(len(weight), dtype=x.dtype) if bias is None else bias, z)
        ctx.gamma = gamma
        return z

    @staticmethod
    def backward(ctx, g):
        x, weight, bias, z = ctx.saved_tensors
        up = weight + ctx.gamma * weight.clamp(min=0)
        down = weight + ctx.gamma * weight.clamp(max=0)
        plus, minus = x.clamp(min=0), x.clamp(max=0)
        risen = F.linear(plus, up, bias + ctx.gamma * bias.clamp(min=0)) + F.linear(minus, down)
        fallen = F.linear(plus, down, bias + ctx.gamma * bias.clamp(max=0)) + F.linear(minus, up)
        above = torch.where(z > 0, g * z / risen, torch.zeros_like(z))
        below = torch.where(z < 0, g * z / fallen, torch.zeros_like(z))
        positive = above @ up + below @ down
        negative = above @ down + below @ up
        return torch.where(x > 0, positive, negative), None, None, None


class Rules:
    """What a forward pass does where it is to be differentiated as relevance is passed; None for a plain one."""

    def __init__(self, gamma=0.0, holds_attention=False):
        self.gamma, self.holds_attention = gamma, holds_attention


def linear(x, layer, rules):
    if rules is None or rules.gamma == 0:
        return F.linear(x, layer.weight, layer.bias)
    return GammaLinear.apply(x, layer.weight, layer.bias, rules.gamma)


def normalised(x, layer, rules):
    if rules is None:
        return layer(x)
    mean = x.mean(-1, keepdim=True)
    deviation = ((x - mean).square().mean(-1, keepdim=True) + layer.eps).sqrt().detach()
    y = (x - mean) / deviation * layer.weight
    return y if layer.bias is None else y + layer.bias


def activated(x, rules):
    return F.gelu(x) if rules is None else x * (F.gelu(x) / x).detach()


class Block(nn.Module):
    def __init__(self, kind):
        super().__init__()
        bias = kind != "bare"
        self.kind = kind
        self.norm1, self.norm2 = (nn.LayerNorm(WIDTH, bias=bias) for _ in range(2))
        self.qkv, self.out = nn.Linear(WIDTH, 3 * WIDTH, bias=bias), nn.Linear(WIDTH, WIDTH, bias=bias)
        self.up, self.down = nn.Linear(WIDTH, 2 * WIDTH, bias=bias), nn.Linear(2 * WIDTH, WIDTH, bias=bias)

    def attention(self, q, k, v, mask, rules):
        if rules is None and self.kind != "written":
            return F.scaled_dot_product_attention(q, k, v)
        if rules is not None and not rules.holds_attention:
            q, k, v = halved(halved(q)), halved(halved(k)), halved(v)
        scores = q @ k.transpose(-2, -1) * q.shape[-1] ** -0.5
        if self.kind == "written":
            scores = scores.masked_fill(mask, float("-inf"))
        weights = scores.softmax(-1)
        if rules is not None and rules.holds_attention:
            weights = weights.detach()
        return weights @ v

    def forward(self, x, mask, rules=None):
        parts = linear(normalised(x, self.norm1, rules), self.qkv, rules)
        n = x.shape[1]
        q, k, v = parts.reshape(-1, n, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4).unbind(0)
        seen = self.attention(q, k, v, mask, rules).transpose(1, 2).reshape(-1, n, WIDTH)
        x = x + linear(seen, self.out, rules)
        hidden = activated(linear(normalised(x, self.norm2, rules), self.up, rules), rules)
        return x + linear(hidden, self.down, rules)


class Transformer(nn.Module):
    def __init__(self, kind):
        super().__init__()
        bias = kind != "bare"
        self.patches = nn.Conv2d(3, WIDTH, PATCH, PATCH, bias=bias)
        self.has_places = bias
        count = (SIDE // PATCH) ** 2 + 1
        self.token = nn.Parameter(torch.randn(1, 1, WIDTH))
        self.places = nn.Parameter(torch.randn(1, count, WIDTH))
        self.blocks = nn.ModuleList(Block(kind) for _ in range(2))
        self.norm, self.head = nn.LayerNorm(WIDTH, bias=bias), nn.Linear(WIDTH, 5, bias=bias)
        self.register_buffer("mask", torch.ones(count, count, dtype=torch.bool).triu(9))

    def embedded(self, x, rules):
        if rules is None or rules.gamma == 0:
            return self.patches(x).flatten(2).transpose(1, 2)
        rows = F.unfold(x, PATCH, stride=PATCH).transpose(1, 2)
        return GammaLinear.apply(rows, self.patches.weight.flatten(1), self.patches.bias, rules.gamma)

    def forward(self, x, rules=None):
        x = self.embedded(x, rules)
        x = torch.cat([self.token.expand(x.shape[0], -1, -1), x], 1) + self.places if self.has_places else F.pad(
            x, (0, 0, 1, 0), value=0.0) + 0 * self.places
        for block in self.blocks:
            x = block(x, self.mask, rules)
        x = normalised(x, self.norm, rules)
        return linear(x[:, 0] if self.has_places else x.mean(1), self.head, rules)


out = pathlib.Path(sys.argv[1])
for name in ["vit", "written", "bare"]:
    torch.manual_seed(5)
    model = Transformer(name).eval()
    for parameter in model.parameters():
        if parameter.dim() == 1:
            parameter.data += 0.3 * torch.randn_like(parameter)
    # Stabilisers of 1e-6 are to be small beside logits and residual sums.
    model.head.weight.data *= 20
    model.patches.weight.data *= 4
    picture = torch.randn(1, 3, SIDE, SIDE)
    batch = torch.export.Dim("batch", min=1)
    torch.export.save(
        torch.export.export(model, (torch.zeros(2, 3, SIDE, SIDE),), dynamic_shapes=({0: batch},)),
        out / f"{name}.pt2")
    card = {
        "task": "classification", "output": "logits", "labels": [f"c{i}" for i in range(5)],
        "input": {"height": SIDE, "width": SIDE, "channels": 3, "channelOrder": "rgb", "mean": [0.0] * 3,
                  "std": [1.0] * 3, "resize": "squash", "crop": 1},
    }
    (out / f"{name}.json").write_text(json.dumps(card))
    np.save(out / f"{name}.input.npy", picture.numpy())
    exact, x = model.double(), picture.double()
    for rules, settings in {
        "attn-lrp": Rules(), "gamma": Rules(gamma=0.25), "cp-lrp": Rules(holds_attention=True),
        "cp-gamma": Rules(gamma=0.25, holds_attention=True),
    }.items():
        leaf = x.clone().requires_grad_()
        logits = exact(leaf, settings)
        assert torch.allclose(logits, exact(x), atol=1e-9), (name, rules)
        gradient, = torch.autograd.grad(logits[0, 0], leaf)
        np.save(out / f"{name}.{rules}.npy", (leaf.detach() * gradient)[0].float().numpy())
        print(name, rules, (leaf * gradient).sum().item(), logits[0, 0].item())
