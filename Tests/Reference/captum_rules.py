"""Runs Captum's methods that override activations on exported networks, and on toys that break them.

captum_rules.py OUT NETWORK.pt2=LAYER …

Captum hooks modules, and an exported network calls functions. So each call of an activation becomes
a module of its own here, on the same weights, and Captum's own arithmetic runs. Of its activations
Captum knows nn.ReLU alone, by class for guided backpropagation and deconvolution and by a table for
DeepLIFT; here ReLU6 is declared to be one.

Writes OUT/NETWORK/{input,reference}.npy, and for the likeliest class
OUT/NETWORK/{guided,deconvolution,deeplift,guided-grad-cam}.npy, each [C, H, W]. Guided Grad-CAM is
at the LAYER's output, that of the last node of the module.

For each toy writes OUT/NAME/{network.pt2,input.npy} and, where Captum gives an answer,
OUT/NAME/deeplift.npy for class 0 with reference 0; where it raises, OUT/NAME/error.txt. Of the toy “rectified” writes
references.npy and, for class 0 with all of these, deeplift-shap.npy.
"""

import pathlib
import sys
import warnings

import numpy as np
import torch
from captum.attr import Deconvolution, DeepLift, DeepLiftShap, GuidedBackprop, GuidedGradCam
from captum.attr._core.deep_lift import SUPPORTED_NON_LINEAR, nonlinear
from torch import nn

warnings.filterwarnings("ignore")
aten = torch.ops.aten


class ReLU6(nn.ReLU):
    def forward(self, x):
        return torch.clamp(x, 0, 6)


SUPPORTED_NON_LINEAR[ReLU6] = nonlinear


class Hookable(nn.Module):
    """A program with a module for each activation and, where it ends, for the layer."""

    def __init__(self, program, layer):
        super().__init__()
        self.graph = hookable(program, layer)

    def forward(self, x):
        return self.graph(x)


def hookable(program, layer):
    graph = program.module(check_guards=False)
    ends = None
    for node in list(graph.graph.nodes):
        stack = node.meta.get("nn_module_stack", {})
        if any(path == layer for path, _ in stack.values()):
            ends = node
        if node.op != "call_function":
            continue
        if node.target is aten.add_.Tensor:
            node.target = aten.add.Tensor
        if node.target in (aten.relu.default, aten.relu_.default):
            module = nn.ReLU()
        elif node.target in (aten.hardtanh.default, aten.hardtanh_.default):
            assert tuple(node.args[1:]) == (0.0, 6.0), node.args
            module = ReLU6()
        else:
            continue
        graph.add_submodule("active_" + node.name, module)
        with graph.graph.inserting_before(node):
            new = graph.graph.call_module("active_" + node.name, (node.args[0],))
        node.replace_all_uses_with(new)
        graph.graph.erase_node(node)
        ends = new if ends is node else ends
    graph.add_submodule("pivot", nn.Identity())
    with graph.graph.inserting_after(ends):
        pivot = graph.graph.call_module("pivot", (ends,))
    ends.replace_all_uses_with(pivot, delete_user_cb=lambda user: user is not pivot)
    graph.graph.lint()
    graph.recompile()
    return graph


class Reused(nn.Module):
    """2·r(x₁) − r(1 − r(x₂)), with one module r for both."""

    def __init__(self):
        super().__init__()
        self.active = nn.ReLU()

    def forward(self, x):
        x = x.flatten(1)
        inner = self.active(x)
        outer = self.active(1 - inner[:, 1:])
        y = 2 * inner[:, :1] - outer
        return torch.cat([y, -y], 1)


class Rectified(nn.Module):
    """Two convolutions, each before a rectifier, and a linear layer."""

    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(1, 6, 3, padding=1), nn.ReLU(), nn.Conv2d(6, 4, 3, stride=2), nn.ReLU(), nn.Flatten())
        self.head = nn.Linear(16, 3)

    def forward(self, x):
        return self.head(self.body(x))


class Gated(nn.Module):
    """x₁ · sigmoid(x₂)."""

    def __init__(self):
        super().__init__()
        self.gate = nn.Sigmoid()

    def forward(self, x):
        x = x.flatten(1)
        y = x[:, :1] * self.gate(x[:, 1:])
        return torch.cat([y, -y], 1)


class Overlapping(nn.Module):
    """The sum of the largest of x₁, x₂ and the largest of x₂, x₃."""

    def __init__(self):
        super().__init__()
        self.pool = nn.MaxPool2d((1, 2), stride=1)

    def forward(self, x):
        y = self.pool(x).flatten(1).sum(1, keepdim=True)
        return torch.cat([y, -y], 1)


class Everything(nn.Module):
    """Gates, a dense join, quotients, overlapping maxima and a product of matrices."""

    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(1, 4, 3, padding=1)
        self.squeeze = nn.Sequential(
            nn.AdaptiveAvgPool2d(1), nn.Conv2d(4, 2, 1), nn.ReLU(), nn.Conv2d(2, 4, 1), nn.Sigmoid()
        )
        self.norm = nn.BatchNorm2d(8)
        self.norm.running_mean.uniform_(-1, 1)
        self.norm.running_var.uniform_(0.5, 2)
        self.pool = nn.MaxPool2d(3, stride=1, padding=1)
        self.head = nn.Linear(64, 3)

    def forward(self, x):
        x = nn.functional.silu(self.stem(x))
        x = torch.cat([x * self.squeeze(x), x * nn.functional.relu6(x + 3) / 6], 1)
        x = nn.functional.gelu(self.norm(x))
        x = x / (1 + x.abs()) + x / (x * x).sum(1, keepdim=True).add(1).sqrt()
        x = self.pool(x) + nn.functional.avg_pool2d(x, 3, 1, 1) - 2 / (3 + x.exp())
        rows = x.flatten(2)
        return self.head((rows @ rows.transpose(1, 2)).flatten(1))


torch.manual_seed(3)
toys = {
    "everything": (Everything(), torch.randn(5, 6).tolist()),
    "reused": (Reused(), [[1.0, 2.0]]),
    "gated": (Gated(), [[3.0, 1.0]]),
    "overlapping": (Overlapping(), [[1.0, 5.0, 2.0]]),
    "rectified": (Rectified(), torch.randn(5, 6).tolist()),
}

out = pathlib.Path(sys.argv[1])
for name, (module, rows) in toys.items():
    folder = out / name
    folder.mkdir(parents=True)
    x = torch.tensor(rows)[None, None]
    batch = torch.export.Dim("batch")
    program = torch.export.export(module.eval(), (x.repeat(2, 1, 1, 1),), dynamic_shapes=({0: batch},))
    torch.export.save(program, folder / "network.pt2")
    np.save(folder / "input.npy", x.numpy())
    try:
        answer = DeepLift(module).attribute(x, torch.zeros_like(x), target=0)
        np.save(folder / "deeplift.npy", answer[0].detach().numpy())
    except Exception as error:
        (folder / "error.txt").write_text(f"{type(error).__name__}: {error}")

folder = out / "rectified"
x = torch.from_numpy(np.load(folder / "input.npy"))
references = torch.cat([x * 0, x.flip(3) / 2, torch.randn(3, *x.shape[1:])])
np.save(folder / "references.npy", references.numpy())
answer = DeepLiftShap(toys["rectified"][0]).attribute(x, references, target=0)
np.save(folder / "deeplift-shap.npy", answer[0].detach().numpy())

for argument in sys.argv[2:]:
    path, layer = argument.split("=")
    program = torch.export.load(path)
    meta = [n for n in program.graph.nodes if n.op == "placeholder"][-1].meta["val"]
    shape = [int(s) for s in meta.shape[1:]]
    x = torch.from_numpy(np.random.RandomState(7).randn(1, *shape).astype(np.float32))
    folder = out / pathlib.Path(path).stem
    folder.mkdir(parents=True)
    reference = x.flip(3) / 2
    np.save(folder / "input.npy", x.numpy())
    np.save(folder / "reference.npy", reference.numpy())
    network = Hookable(program, layer)
    with torch.no_grad():
        target = network(x)[0].argmax().item()
    answers = {
        "guided": GuidedBackprop(network).attribute(x, target),
        "deconvolution": Deconvolution(network).attribute(x, target),
        "deeplift": DeepLift(network, eps=1e-6).attribute(x, reference, target),
        "guided-grad-cam": GuidedGradCam(network, network.graph.pivot).attribute(
            x, target, interpolate_mode="bilinear"
        ),
    }
    for method, answer in answers.items():
        np.save(folder / f"{method}.npy", answer[0].detach().numpy())
