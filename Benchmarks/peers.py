"""Times what Rather's benchmarks time, in Python on the same networks.

    python Benchmarks/peers.py DATA [THREADS]   prints {name: median milliseconds} as JSON
"""

import json
import statistics
import sys
import time

import numpy as np
import torch
from PIL import Image

from explain_peer import preprocessed

try:
    import torchvision  # noqa: F401
except RuntimeError:
    # Its operators were built for another torch. pytorch-grad-cam wants only its transforms.
    for name in ["nms", "qnms"]:
        torch.library.define(
            f"torchvision::{name}", "(Tensor boxes, Tensor scores, float limit) -> Tensor")
from pytorch_grad_cam import GradCAM
from pytorch_grad_cam.utils.model_targets import ClassifierOutputTarget

SUBJECTS = [
    ("mobilenet-edgetpu", ["stage4.17", "stage3.29"]),
    ("mobilenet-v2", ["stage4.13", "stage3.25"]),
    ("cifar10-resnet20", ["layer3", "layer2"]),
]


def milliseconds(work, least=0.5):
    """Median time of a call after two to warm up."""
    work(), work()
    times = []
    while sum(times) < least or len(times) < 5:
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1000


def loaded(path):
    return torch.export.unflatten(torch.export.load(path))


def cut_network(path, layer):
    """The network with one hook that starts recording at the layer, and nowhere before it."""
    module = loaded(path).requires_grad_(False)
    kept = {}

    def start(_module, _inputs, output):
        kept["activation"] = output.detach().requires_grad_()
        return kept["activation"].clone()

    module.get_submodule(layer).register_forward_hook(start)
    return module, kept


def hook_loop(module, kept, image, count):
    """One forward pass, and a backward pass a score that stops at the layer."""
    output = module(image).reshape(-1)
    activation = kept["activation"]
    maps = []
    for index in range(count):
        (gradient,) = torch.autograd.grad(output[index], activation, retain_graph=True)
        weights = gradient.mean((2, 3), keepdim=True)
        small = (weights * activation.detach()).sum(1, keepdim=True).relu()
        maps.append(torch.nn.functional.interpolate(
            small, image.shape[2:], mode="bilinear", align_corners=False))
    return maps


def one_score(module, kept, image):
    output = module(image).reshape(-1)
    return torch.autograd.grad(output[0], kept["activation"])


def library(path, layer):
    """pytorch-grad-cam as its documentation uses it."""
    module = loaded(path)
    return GradCAM(module, [module.get_submodule(layer)])


def library_calls(cam, image):
    return [cam(image, [ClassifierOutputTarget(i)]) for i in range(7)]


def library_batch(cam, image):
    return cam(image.repeat(7, 1, 1, 1), [ClassifierOutputTarget(i) for i in range(7)])


def card_input(data, name, photo):
    with open(f"{data}/models/{name}.json") as file:
        return preprocessed(Image.open(photo), json.load(file)["input"])


def measure(data):
    photo = f"{data}/photos/cwox/cello_guitar.jpg"
    times = {}
    small = torch.tensor([1.0, 2, 3, 4])
    with torch.no_grad():
        times["1000 tiny adds"] = milliseconds(lambda: [small + small for _ in range(1000)])
    times["decode photo"] = milliseconds(lambda: np.asarray(Image.open(photo).convert("RGB")))
    times["decode and preprocess photo"] = milliseconds(
        lambda: card_input(data, SUBJECTS[0][0], photo))
    for name, layers in SUBJECTS:
        path = f"{data}/models/{name}.pt2"
        image = card_input(data, name, photo)
        times[f"load · {name}"] = milliseconds(lambda: torch.export.load(path))
        module = loaded(path)
        with torch.no_grad():
            times[f"forward · {name}"] = milliseconds(lambda: module(image))
        for layer in layers:
            place = f"{name} · {layer}"
            cut, kept = cut_network(path, layer)
            times[f"forward and one backward · {place}"] = milliseconds(
                lambda: one_score(cut, kept, image))
            times[f"seven logits · {place}"] = milliseconds(lambda: hook_loop(cut, kept, image, 7))
            cam = library(path, layer)
            times[f"pytorch-grad-cam, seven calls · {place}"] = milliseconds(
                lambda: library_calls(cam, image))
            try:
                times[f"pytorch-grad-cam, one batch · {place}"] = milliseconds(
                    lambda: library_batch(cam, image))
            except Exception as error:  # a network exported for one picture takes no batch
                print(f"no batch for {place}: {error}", file=sys.stderr)
    return times


if __name__ == "__main__":
    torch.set_num_threads(int(sys.argv[2]) if len(sys.argv) > 2 else 2)
    json.dump(measure(sys.argv[1]), sys.stdout)
