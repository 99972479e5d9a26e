"""Small vision transformers, exported, and what transformers' methods find in them by their formulas.

attention.py export OUT
    Writes OUT/KIND.pt2 for each kind of transformer below, with random weights.
attention.py explain OUT NETWORK.pt2=ROWS …
    Reads OUT/NETWORK/input.npy and writes OUT/NETWORK/SCORE.METHOD.npy, [h, w], for the scores logit (of the likeliest
    class) and log-odds (against the second). ROWS are the tokens that the head reads: 0, 0+1 or all; patches are the
    last tokens. The graph is run node by node in eager PyTorch, with attention written out on the way.
"""

import pathlib
import sys

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

SIDE, PATCH, WIDTH, HEADS, CLASSES = 24, 8, 16, 2, 5


class Attention(nn.Module):
    def __init__(self, kind):
        super().__init__()
        self.kind = kind
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)

    def forward(self, x):
        n, count, _ = x.shape
        parts = self.qkv(x).reshape(n, count, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        q, k, v = parts.unbind(0)
        if self.kind == "written":
            weights = (q * (WIDTH // HEADS) ** -0.5 @ k.transpose(-2, -1)).softmax(-1)
            seen = F.dropout(weights, 0.1, False) @ v
        else:
            seen = F.scaled_dot_product_attention(q, k, v)
        return self.out(seen.transpose(1, 2).reshape(n, count, WIDTH))


class Block(nn.Module):
    def __init__(self, kind):
        super().__init__()
        self.kind = kind
        self.norm1, self.norm2 = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
        self.attention = (
            nn.MultiheadAttention(WIDTH, HEADS, batch_first=True) if kind == "module" else Attention(kind)
        )
        self.rest = nn.Sequential(nn.Linear(WIDTH, 2 * WIDTH), nn.GELU(), nn.Linear(2 * WIDTH, WIDTH))

    def attend(self, x):
        if self.kind == "module":
            return self.attention(x, x, x, need_weights=False)[0]
        if self.kind != "windows":
            return self.attention(x)
        n = x.shape[0]
        parts = x.reshape(n * 3, 3, WIDTH)
        return self.attention(parts).reshape(n, 9, WIDTH)

    def forward(self, x):
        x = x + self.attend(self.norm1(x))
        return x + self.rest(self.norm2(x))


class Transformer(nn.Module):
    """Kinds: module (PyTorch's own attention), fused, written, distilled (two tokens, two heads), registers (behind
    the class token), mean (no class token), windows."""

    def __init__(self, kind):
        super().__init__()
        self.kind = kind
        extra = {"mean": 0, "windows": 0, "distilled": 2, "registers": 3}.get(kind, 1)
        self.embed = nn.Conv2d(3, WIDTH, PATCH, PATCH)
        self.extra = nn.Parameter(torch.randn(1, extra, WIDTH)) if extra else None
        self.places = nn.Parameter(torch.randn(1, (SIDE // PATCH) ** 2 + extra, WIDTH))
        self.blocks = nn.Sequential(*[Block(kind) for _ in range(3)])
        self.norm = nn.LayerNorm(WIDTH)
        self.head = nn.Linear(WIDTH, CLASSES)
        self.second = nn.Linear(WIDTH, CLASSES) if kind == "distilled" else None

    def forward(self, x):
        x = self.embed(x).flatten(2).transpose(1, 2)
        if self.extra is not None:
            x = torch.cat([self.extra.expand(x.shape[0], -1, -1), x], 1)
        x = self.norm(self.blocks(x + self.places))
        if self.kind in ("mean", "windows"):
            return self.head(x.mean(1))
        if self.second is not None:
            return (self.head(x[:, 0]) + self.second(x[:, 1])) / 2
        return self.head(x[:, 0])


KINDS = ["module", "fused", "written", "distilled", "registers", "mean", "windows"]


def export(out):
    torch.manual_seed(5)
    for kind in KINDS:
        model = Transformer(kind).eval()
        for weight in model.parameters():
            weight.data *= 1.5
        batch = torch.export.Dim("batch", min=1, max=64)
        example = (torch.randn(2, 3, SIDE, SIDE),)
        torch.export.save(
            torch.export.export(model, example, dynamic_shapes=({0: batch},)), out / f"{kind}.pt2"
        )


class Reader(torch.fx.Interpreter):
    """Runs a graph and keeps attention matrices, what enters attentions, and what blocks give."""

    def __init__(self, module, replaced=None):
        super().__init__(module)
        self.replaced = replaced or {}
        self.matrices, self.norms, self.entered, self.values = [], [], [], {}
        self.sums, self.marks = [], []

    def run_node(self, node):
        result = self.replaced.get(node.name)
        if result is None:
            result = super().run_node(node)
        if "layer_norm" in str(node.target):
            self.norms.append(result)
        if "add.Tensor" in str(node.target) and result.ndim == 3:
            self.sums.append(node.name)
        self.values[node.name] = result
        return result

    def keep(self, matrix):
        self.matrices.append(matrix)
        self.entered.append(len(self.norms) - 1)
        self.marks.append(len(self.sums))
        return matrix

    def call_function(self, target, args, kwargs):
        if target == torch.ops.aten.scaled_dot_product_attention.default:
            q, k, v = args[:3]
            return self.keep((q @ k.mT / q.shape[-1] ** 0.5).softmax(-1)) @ v
        result = super().call_function(target, args, kwargs)
        if "softmax" in str(target) and result.ndim == 4:
            return self.keep(result)
        return result


def explain(out, arguments):
    for argument in arguments:
        path, rows = argument.split("=")
        folder = out / pathlib.Path(path).stem
        module = torch.export.load(path).module(check_guards=False)
        x = torch.from_numpy(np.load(folder / "input.npy")).requires_grad_()
        reader = Reader(module)
        y = reader.run(x)
        matrices, depth = reader.matrices, len(reader.matrices)
        count = matrices[0].shape[-1]
        side = int(count**0.5)
        read = range(count) if rows == "all" else [int(i) for i in rows.split("+")]
        p, q = y[0].topk(2).indices.tolist()
        scores = {"logit": lambda y: y[0, p], "log-odds": lambda y: y[0, p] - y[0, q]}

        def patches(row):
            return row[count - side * side :].reshape(side, side)

        def rolled(layers):
            product = torch.eye(count)
            for layer in layers:
                product = layer @ product
            return patches(product[list(read)].mean(0))

        halves = [(a[0].mean(0) + torch.eye(count)) / 2 for a in matrices]
        found = {"any.attention-rollout": rolled(h / h.sum(1, keepdim=True) for h in halves)}
        # A block ends with a shortcut's sum.
        blocks = [reader.sums[i - 1] for i in reader.marks[1:]] + [reader.sums[-1]]
        for name, score in scores.items():
            slopes = torch.autograd.grad(score(y), matrices, retain_graph=True)
            weighed = [(g * a)[0].clamp(min=0).mean(0).double() for g, a in zip(slopes, matrices)]
            product = torch.eye(count, dtype=torch.float64)
            for layer in weighed:
                product = product + layer @ product
            product = product - torch.eye(count)
            found[f"{name}.gradient-rollout"] = patches(product[list(read)].mean(0))
            total = 0
            for layer in range(depth):
                tokens = reader.values[blocks[layer]]
                pooled = tokens.mean(1, keepdim=True).expand_as(tokens)
                early = Reader(module, {blocks[-1]: pooled}).run(x)
                (slope,) = torch.autograd.grad(score(early), matrices[layer], retain_graph=True)
                total = total + slope[0].clamp(min=0).mean((0, 1))
            found[f"{name}.legrad"] = patches(total / depth)
            tokens = reader.norms[reader.entered[-1]]
            (slope,) = torch.autograd.grad(score(y), tokens, retain_graph=True)
            found[f"{name}.cdam"] = patches((slope * tokens)[0].sum(1))
        for name, values in found.items():
            np.save(folder / f"{name}.npy", values.detach().float().numpy())


if __name__ == "__main__":
    if sys.argv[1] == "export":
        export(pathlib.Path(sys.argv[2]))
    else:
        explain(pathlib.Path(sys.argv[2]), sys.argv[3:])
