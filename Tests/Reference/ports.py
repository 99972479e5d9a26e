"""A network of several inputs and outputs, of several types, one of them fixed.

ports.py FOLDER            exports it and writes its inputs and what it gives
ports.py FOLDER WRITTEN    runs the network that Rather wrote on these inputs, and writes what that gives
"""

import pathlib
import sys

import numpy as np
import torch


class Ports(torch.nn.Module):
    def __init__(self):
        super().__init__()
        torch.manual_seed(0)
        self.embedding = torch.nn.Embedding(7, 3)
        self.head = torch.nn.Linear(3, 4)
        self.register_buffer("scale", torch.tensor([1.5]))

    def forward(self, values, mask=None, factor=2, *, ids, keep):
        words = self.embedding(ids).mean(1)
        with torch.no_grad():
            shift = values.mean(1, keepdim=True) * factor
        sums = (values + words) * self.scale
        sums.relu_()
        logits = self.head(torch.where(keep[:, None], sums, -sums) + shift)
        return {"logits": logits, "deep": (sums, {"ids": ids * 2}), "count": ids.shape[1] * keep.sum()}


def flattened(value):
    """The leaves of what a network gives, under the names that Rather has for them."""
    if isinstance(value, torch.Tensor):
        return {"": value}
    items = value.items() if isinstance(value, dict) else enumerate(value)
    return {
        f"{key}.{name}" if name else str(key): leaf for key, inner in items for name, leaf in flattened(inner).items()
    }


folder = pathlib.Path(sys.argv[1])
torch.manual_seed(1)
inputs = {
    "values": torch.randn(5, 3), "ids": torch.randint(0, 7, (5, 4)), "keep": torch.tensor([True, False, True, True, False]),
}
if len(sys.argv) == 2:
    batch = torch.export.Dim("batch", min=2, max=64)
    network = Ports().eval()
    with torch.no_grad():
        found = network(inputs["values"], None, 2, ids=inputs["ids"], keep=inputs["keep"])
    program = torch.export.export(
        network, (inputs["values"], None, 2), {"ids": inputs["ids"], "keep": inputs["keep"]},
        dynamic_shapes={"values": {0: batch}, "mask": None, "factor": None, "ids": {0: batch}, "keep": {0: batch}},
    )
    torch.export.save(program, folder / "network.pt2")
    for name, value in inputs.items():
        np.save(folder / f"{name}.npy", value.float().numpy())
    prefix = "expected"
else:
    network = torch.export.load(sys.argv[2]).module(check_guards=False)
    with torch.no_grad():
        found = network(inputs["values"], None, 2, inputs["ids"], inputs["keep"])
    prefix = "written"
for name, value in flattened(found).items():
    np.save(folder / f"{prefix}.{name}.npy", value.float().numpy())
