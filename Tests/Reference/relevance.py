"""Relevance of exported networks by zennit, Captum and TorchRay.

relevance.py OUT NETWORK.pt2=RULE,RULE=NODE,NODE …

These libraries hook or patch modules and functions of torch.nn, which an exported graph has none of; so the
graph is rewritten with such modules on the same weights, batch normalisation folded into the convolutions.

Writes OUT/NETWORK/input.npy and, for the likeliest classes a > b
  RULE.npy             LRP of a against b by zennit, started with the logits y_a and -y_b, [C, H, W]
  captum.npy           LRP-epsilon of a by Captum, for the rule "captum"
  mwp.NODE.npy         MWP of a by TorchRay, summed over the node's channels
  contrastive.NODE.npy contrastive MWP of a by TorchRay, before it drops negative values

Prints what Captum makes of a residual whose shortcut keeps the first channel, y = V (U h + S h), h = ReLU(W x).
"""

import json
import pathlib
import sys

import numpy as np
import torch

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import without_torchvision  # noqa: F401, E402
from captum.attr import LRP  # noqa: E402
from captum.attr._utils.custom_modules import Addition_Module  # noqa: E402
from captum.attr._utils.lrp_rules import EpsilonRule  # noqa: E402
from torchray.attribution import common, excitation_backprop as ebp  # noqa: E402
from zennit import attribution, composites, layer, rules, types  # noqa: E402


SUMS = {"zennit": layer.Sum, "captum": Addition_Module, "torchray": ebp.EltwiseSum}


class Rewritten(torch.nn.Module):
    """An exported program whose calls are modules where the libraries look for modules."""

    def __init__(self, program, library):
        super().__init__()
        self.calls = torch.nn.ModuleDict()
        self.steps = []
        self.tensors = {**program.state_dict, **program.constants}
        names = program.graph_signature.inputs_to_parameters | program.graph_signature.inputs_to_buffers
        normalised = {}
        for node in program.graph.nodes:
            if str(node.target).startswith("aten.batch_norm"):
                normalised[node.args[0]] = [self.tensors[names[a.name]].double() for a in node.args[1:5]] + [node.args[7]]
        for node in program.graph.nodes:
            if node.op == "placeholder" and node.name not in names:
                self.entry = node.name
            if node.op == "output":
                self.exit = node.args[0][0].name
            if node.op == "call_function":
                weights = [self.tensors[names[a.name]] if getattr(a, "name", None) in names else None for a in node.args]
                self.add(node, str(node.target).split(".")[1], weights, normalised.get(node), library)
        del self.tensors

    def add(self, node, kind, weights, norm, library):
        args = node.args
        module = None
        if kind == "conv2d":
            weight = weights[1].double()
            bias = torch.zeros(len(weight)).double() if len(args) < 3 or args[2] is None else weights[2].double()
            if norm is not None:
                gamma, beta, mean, var, eps = norm
                scale = gamma / (var + eps).sqrt()
                weight, bias = weight * scale[:, None, None, None], (bias - mean) * scale + beta
            rest = [args[i] if len(args) > i else usual for i, usual in [(3, 1), (4, 0), (5, 1), (6, 1)]]
            module = torch.nn.Conv2d(
                weight.shape[1] * rest[3], weight.shape[0], weight.shape[2:],
                *[tuple(r) if isinstance(r, (list, tuple)) else r for r in rest])
            module.weight.data, module.bias.data = weight.float(), bias.float()
        elif kind == "linear":
            module = torch.nn.Linear(weights[1].shape[1], weights[1].shape[0])
            module.weight.data, module.bias.data = weights[1].clone(), weights[2].clone()
        elif kind == "relu":
            module = torch.nn.ReLU()
        elif kind == "hardtanh":
            module = torch.nn.Hardtanh(*args[1:])
        elif kind == "avg_pool2d":
            module = torch.nn.AvgPool2d(tuple(args[1]))
        elif kind == "adaptive_avg_pool2d":
            module = torch.nn.AdaptiveAvgPool2d(tuple(args[1]))
        elif kind in ("add", "add_"):
            module = SUMS[library]()
        if module is not None:
            self.calls[node.name] = module
        inputs = {"add": 2, "add_": 2}.get(kind, 1)
        self.steps.append((node, kind, args[:inputs] if module is not None else args))

    def forward(self, x):
        values = {self.entry: x}

        def value(a):
            if isinstance(a, torch.fx.Node):
                return values[a.name]
            return [value(e) for e in a] if isinstance(a, (list, tuple)) else a

        for node, kind, args in self.steps:
            if kind == "batch_norm":
                values[node.name] = values[args[0].name]
            else:
                call = self.calls[node.name] if node.name in self.calls else node.target
                found = [value(a) for a in args]
                values[node.name] = call(torch.stack(found, -1)) if isinstance(call, layer.Sum) else call(*found)
        return values[self.exit]


def linear_everywhere(rule):
    return composites.LayerMapComposite(layer_map=composites.layer_map_base() + [(types.Linear, rule)])


def zennit_maps(program, x, a, b, card, wanted):
    model = Rewritten(program, "zennit").eval()
    mean, std = [torch.tensor(card["input"][k])[None, :, None, None] for k in ("mean", "std")]
    low, high = (0 - mean) / std, (1 - mean) / std
    chosen = {
        "epsilon": linear_everywhere(rules.Epsilon(0.1)),
        "gamma": linear_everywhere(rules.Gamma(0.25)),
        "z-plus": linear_everywhere(rules.ZPlus()),
        "alpha-beta": linear_everywhere(rules.AlphaBeta(2, 1)),
        "composite": composites.EpsilonGammaBox(low=low, high=high, epsilon=0.1),
        "composite-plus": composites.EpsilonPlusFlat(epsilon=0.1),
        "composite-alpha-beta": composites.EpsilonAlpha2Beta1Flat(epsilon=0.1),
    }
    for name, composite in chosen.items():
        if name not in wanted:
            continue
        with attribution.Gradient(model=model, composite=composite) as attributor:

            def start(y):
                rows = torch.zeros_like(y)
                rows[0, a], rows[0, b] = y[0, a].detach(), -y[0, b].detach()
                return rows

            _, relevance = attributor(x.clone(), start)
        yield name, relevance[0]


def captum_map(program, x, a):
    model = Rewritten(program, "captum").eval()
    for module in model.calls.values():
        if not isinstance(module, torch.nn.ReLU):
            module.rule = EpsilonRule(0.1 if isinstance(module, (torch.nn.Conv2d, torch.nn.Linear)) else 1e-6)
    return LRP(model).attribute(x.clone(), target=a)[0]


def torchray_maps(program, x, a, nodes):
    model = Rewritten(program, "torchray").eval()
    top = [n for n, m in model.named_modules() if isinstance(m, torch.nn.Linear)][-1]
    below = [n for n, m in model.named_modules() if "pool" in n][-1]
    for node in nodes:
        yield f"mwp.{node}", ebp.excitation_backprop(model, x.clone(), a, saliency_layer=f"calls.{node}")[0, 0]
        ebp.gradient_to_contrastive_excitation_backprop_saliency = ebp.gradient_to_excitation_backprop_saliency
        yield f"contrastive.{node}", ebp.contrastive_excitation_backprop(
            model, x.clone(), a, saliency_layer=f"calls.{node}", contrast_layer=below, classifier_layer=top)[0, 0]


class Toy(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.first, self.branch, self.last = [torch.nn.Linear(2, 2, bias=False) for _ in range(3)]
        self.relu, self.sum = torch.nn.ReLU(), Addition_Module()
        self.first.weight.data = torch.tensor([[1.0, 1], [2, -1]])
        self.branch.weight.data = torch.tensor([[1.0, 0], [1, 1]])
        self.last.weight.data = torch.tensor([[1.0, 3], [2, -1]])

    def forward(self, x):
        h = self.relu(self.first(x))
        return self.last(self.sum(self.branch(h), torch.nn.functional.pad(h[:, :1], (0, 1))))


out = pathlib.Path(sys.argv[1])
for argument in sys.argv[2:]:
    path, wanted, nodes = argument.split("=")
    path, wanted, nodes = pathlib.Path(path), wanted.split(","), [n for n in nodes.split(",") if n]
    program = torch.export.load(path)
    card = json.loads(path.with_suffix(".json").read_text())
    meta = [n for n in program.graph.nodes if n.op == "placeholder"][-1].meta["val"]
    x = torch.from_numpy(np.random.RandomState(7).randn(1, *[int(s) for s in meta.shape[1:]]).astype(np.float32))
    folder = out / path.stem
    folder.mkdir(parents=True, exist_ok=True)
    np.save(folder / "input.npy", x.numpy())
    with torch.no_grad():
        y = program.module()(x)
        assert torch.allclose(y, Rewritten(program, "zennit").eval()(x), rtol=1e-3, atol=1e-3)
    a, b = y[0].topk(2).indices.tolist()
    found = dict(zennit_maps(program, x, a, b, card, wanted)) | dict(torchray_maps(program, x, a, nodes))
    if "captum" in wanted:
        found["captum"] = captum_map(program, x, a)
    for name, values in found.items():
        np.save(folder / f"{name}.npy", values.detach().numpy())
print(json.dumps(LRP(Toy().eval()).attribute(torch.tensor([[2.0, 1]]), target=0)[0].tolist()))
