"""Exports many small networks with random weights, and runs and differentiates them in PyTorch.

zoo.py OUT [NAME]

For all networks, or one, writes OUT/NAME/{network.pt2,input.npy,output.npy,layer.txt}, and for a network with a layer to
explain OUT/NAME/{activation,gradients}.npy: the layer's output for the first picture and the gradients of
the first three logits, by autograd through a hook. OUT/NAME/default.txt names the last layer that is a stack of maps
over the picture, or is empty where there is none. The networks are the classes in zoo/*.py.
"""

import copy
import pathlib
import sys
import warnings

import numpy as np
import torch

from zoo import first_tensor, functions, layers, maps, memory, outputs, sizes

warnings.filterwarnings("ignore")


def exported(network, x):
    batch = None if network.batch == 1 else {0: torch.export.Dim.AUTO}
    program = torch.export.export(network, (x,), dynamic_shapes=[batch], strict=network.strict)
    return program.run_decompositions() if network.decomposed else program


def differentiated(network, x):
    kept = []

    def keep(module, arguments, output):
        output = output.requires_grad_() if not output.requires_grad else output
        kept.append(output)
        return output.clone()  # an operator in place may follow

    handle = network.get_submodule(network.layer).register_forward_hook(keep)
    logits = first_tensor(network(x)).flatten()
    handle.remove()
    pivot = kept[network.call]
    gradients = [
        torch.autograd.grad(logits[i], pivot, retain_graph=True)[0] for i in range(3)
    ]
    return pivot.detach(), torch.stack(gradients)


def write(folder, network, x):
    folder.mkdir(parents=True, exist_ok=True)
    torch.export.save(exported(network, x), folder / "network.pt2")
    with torch.no_grad():
        y = first_tensor(copy.deepcopy(network)(x.clone()))
    np.save(folder / "input.npy", x.numpy())
    np.save(folder / "output.npy", y.float().numpy())
    call = "" if network.call < 0 else f"@{network.call}"
    (folder / "layer.txt").write_text(network.layer + call)
    if network.default is not None:
        (folder / "default.txt").write_text(network.default)
    if network.layer:
        activation, gradients = differentiated(copy.deepcopy(network), x[:1].clone())
        np.save(folder / "activation.npy", activation.float().numpy())
        np.save(folder / "gradients.npy", gradients.float().numpy())


out, only = pathlib.Path(sys.argv[1]), sys.argv[2:]
for topic in (memory, sizes, functions, layers, maps, outputs):
    for name, make in topic.networks.items():
        if only and name not in only:
            continue
        torch.manual_seed(7)
        network = make().eval()
        x = torch.randn(network.batch, *network.shape)
        write(out / name, network, x)
        print(name)
