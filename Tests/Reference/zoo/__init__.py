"""Small networks, by topic."""

import torch


class Network(torch.nn.Module):
    """A network of the zoo; the class attributes say how to export and explain it."""

    shape = (3, 8, 8)
    batch = 2  # 1: exported for one picture only
    layer = ""  # the module to differentiate at
    default = None  # the last layer that is a stack of maps, "" where there is none
    call = -1  # which of its calls
    strict = False
    decomposed = False  # exported in core ATen, where nothing is written in place


def register(networks):
    """Adds a class to a topic under its own name."""

    def add(made):
        networks[made.__name__] = made
        return made

    return add


def first_tensor(value):
    """The first floating tensor of a tuple or a dictionary."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, (tuple, list)):
        return next(v for v in value if torch.is_tensor(v) and v.is_floating_point())
    return value
