"""Holds Rather's Grad-CAM at the default layer of each network against PyTorch's.

architectures_cams.py FOLDER TABLE RATHER [NAME …]

PyTorch's is made without Rather: a forward hook on the module in the live network, or, where the layer is a node of no
module, the exported graph run node by node. P is the likeliest class, Q the next. Prints for each network, tabs between, for the
questions why P, and why P rather than Q:

off                      how far Rather's map is from PyTorch's
moves                    how far PyTorch's own moves when its input is multiplied by 1 ± 3e-7
off from 64 bits         how far Rather's is from PyTorch's in 64 bits
PyTorch off from 64 bits how far PyTorch's is from that

All are the largest difference at any place, at the layer or over the picture, as a fraction of the largest magnitude of
PyTorch's map. Fails where a map is off by more than 1e-4 and by more than PyTorch's own moves.
"""

import json
import pathlib
import sys
import tempfile
import traceback

import numpy as np
import torch

import architectures_asking
import architectures_torch
from architectures_models import model, rows

ENOUGH = 1e-4
MOVE = 3e-7
KINDS = ["off", "moves", "off from 64 bits", "PyTorch off from 64 bits"]
COLUMNS = [f"{what}: {kind}" for what in architectures_torch.SCORES for kind in KINDS]


def words(p, q):
    """By score, the key of its map and the question."""
    return {
        "P": (f"why-c{p}", ["--why", str(p)]),
        "P rather than Q": (
            f"why-c{p}-rather-than-c{q}", ["--why", str(p), "--rather-than", str(q)]),
    }


def of_rather(rather, network, layer, side, p, q):
    """By score, the signed map at the layer and the drawn one."""
    found = {}
    with tempfile.TemporaryDirectory() as place:
        place = pathlib.Path(place)
        architectures_asking.write_question(place, side)
        for score, (key, question) in words(p, q).items():
            run = architectures_asking.explain(
                rather, network, place, "--explainer", "grad-cam", *question)
            if run.returncode:
                raise RuntimeError(f"rather: {run.stderr.strip()[:300]}")
            manifest = json.loads((place / "report" / "manifest.json").read_text())
            explained = {m["key"]: m["layer"] for m in mapped(manifest)}
            if explained[key] != layer:
                raise RuntimeError(f"Rather explains at {explained[key]}")
            maps = np.load(place / "report" / "maps.npz")
            found[score] = (maps[f"{key}/layer"], maps[key])
    return found


def mapped(value):
    """Every object of a manifest that is a map at a layer."""
    if isinstance(value, dict):
        if "key" in value and "layer" in value:
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from mapped(inner)


def with_drawn(maps, side):
    return {score: (found, architectures_torch.drawn(found, side)) for score, found in maps.items()}


def difference(found, wanted):
    """At the layer or over the picture, whichever is larger, as a fraction of the wanted map's magnitude."""
    if found[0].shape != wanted[0].shape:
        raise RuntimeError(f"Rather's map is {found[0].shape}, PyTorch's {wanted[0].shape}")
    return max(np.abs(a - b).max() for a, b in zip(found, wanted)) / np.abs(wanted[0]).max()


def compared(library, name, side, layer, path, rather):
    """The numbers of COLUMNS."""
    program = torch.export.load(path)
    live = model(library, name, side)
    # Drawn anew they are equal, but for measured statistics, which depend on the number of threads.
    state = live.state_dict()
    for key, values in program.state_dict.items():
        state[key].copy_(values)
    x = architectures_torch.network_input(side)
    with torch.no_grad():
        p, q = live(x)[0].topk(2).indices.tolist()
    is_module = layer in dict(live.named_modules())
    network = live if is_module else program.module(check_guards=False)

    def maps(x, network=network):
        return with_drawn(architectures_torch.grad_cams(network, layer, x, p, q), side)

    wanted, moved = maps(x), [maps(x * (1 + move)) for move in (MOVE, -MOVE)]
    try:
        exact = maps(x.double(), architectures_torch.in_64_bits(network))
    except RuntimeError:  # an exported graph may say that it computes in 32 bits
        exact = None
    found = of_rather(rather, path, layer, side, p, q)
    numbers = []
    for score in wanted:
        numbers += [difference(found[score], wanted[score])]
        numbers += [max(difference(m[score], wanted[score]) for m in moved)]
        numbers += [exact and difference(m[score], exact[score]) for m in (found, wanted)]
    return numbers


def agrees(numbers):
    """Whether both questions' maps do; what is no number never does."""
    return all(off <= max(ENOUGH, moves) for off, moves in (numbers[:2], numbers[4:6]))


def main():
    folder, table, rather = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3]).resolve()
    wanted = set(sys.argv[4:])
    torch.set_num_threads(1)
    print("network", "layer", *COLUMNS, sep="\t")
    others, count = [], 0
    for library, name, side, layer in rows(table):
        stem = f"{library}-{name}"
        if wanted and stem not in wanted:
            continue
        count += 1
        try:
            numbers = compared(library, name, side, layer, folder / f"{stem}.pt2", rather)
            shown = ["–" if number is None else f"{number:.0e}" for number in numbers]
            if not agrees(numbers):
                others.append(stem)
        except Exception as error:
            others.append(stem)
            shown = [" ".join(str(error).split())[:300] or type(error).__name__]
            traceback.print_exc()
        print(stem, layer, *shown, sep="\t", flush=True)
    print(f"{count} networks; {len(others)} where Grad-CAM is not PyTorch's: {', '.join(others)}")
    sys.exit(bool(others))


main()
