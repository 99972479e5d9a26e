"""Exports networks of torchvision, timm and transformers with random weights.

architectures.py OUT [NAME …]

Writes OUT/NAME.pt2 for each network that Tests/Long/architectures.tsv names, or that is named here, and that is not
there yet.
"""

import pathlib
import sys

import torch

from architectures_models import model, rows

torch.set_num_threads(2)
out = pathlib.Path(sys.argv[1])
wanted = set(sys.argv[2:])
out.mkdir(parents=True, exist_ok=True)
for library, name, side, _ in rows(pathlib.Path(__file__).with_suffix(".tsv")):
    path = out / f"{library}-{name}.pt2"
    if path.exists() or (wanted and path.stem not in wanted):
        continue
    network = model(library, name, side)
    batch = torch.export.Dim("batch", min=1)
    try:
        program = torch.export.export(
            network, (torch.zeros(2, 3, side, side),), dynamic_shapes=({0: batch},))
    except Exception:  # some networks can be exported for one picture only
        program = torch.export.export(network, (torch.zeros(1, 3, side, side),))
    torch.export.save(program, path)
    print(path.name, flush=True)
