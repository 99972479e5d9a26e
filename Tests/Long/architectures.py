"""Exports networks of torchvision, timm and transformers with random weights.

architectures.py OUT

Writes OUT/NAME.pt2 for each network that Tests/Long/architectures.tsv names and that is not there yet.
"""

import pathlib
import sys
import warnings

import torch

warnings.filterwarnings("ignore")
torch.set_num_threads(2)
# torchvision describes operators of its own library, which is made for another build of torch.
described = torch.library.Library("torchvision", "DEF")
for name in (
    "nms qnms roi_align _roi_align_backward roi_pool _roi_pool_backward ps_roi_align "
    "_ps_roi_align_backward ps_roi_pool _ps_roi_pool_backward deform_conv2d _deform_conv2d_backward"
).split():
    described.define(name + "(Tensor x) -> Tensor")

import timm
import torchvision
import transformers

CLASSES = 5


class Logits(torch.nn.Module):
    """A network of transformers as one that takes pictures and gives logits."""

    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, pixels):
        return self.model(pixel_values=pixels).logits


def of_torchvision(name, side):
    options = {
        "vit_b_32": {"image_size": side}, "maxvit_t": {"input_size": (side, side)},
        "inception_v3": {"aux_logits": False, "init_weights": False},
        "googlenet": {"aux_logits": False, "init_weights": False},
    }.get(name, {})
    return getattr(torchvision.models, name)(num_classes=CLASSES, **options)


def of_timm(name, side):
    try:
        return timm.create_model(name, num_classes=CLASSES, img_size=side)
    except TypeError:
        return timm.create_model(name, num_classes=CLASSES)


def of_transformers(name, side):
    small = {"num_hidden_layers": 2, "num_attention_heads": 2, "hidden_size": 32}
    stages = {"hidden_sizes": [8, 16, 24, 32], "depths": [1, 1, 1, 1]}
    options = {
        "ViT": {**small, "intermediate_size": 64, "image_size": side, "patch_size": 16},
        "Beit": {**small, "intermediate_size": 64, "image_size": side},
        "Dinov2": {**small, "image_size": side, "patch_size": 16},
        "Swin": {
            "image_size": side, "patch_size": 4, "embed_dim": 16, "depths": [1, 1],
            "num_heads": [2, 2], "window_size": 4,
        },
        "ResNet": {"embedding_size": 8, "hidden_sizes": [8, 16], "depths": [1, 1]},
        "ConvNext": stages, "Segformer": {**stages, "num_attention_heads": [1, 1, 2, 2]},
        "MobileNetV2": {},
    }[name]
    config = getattr(transformers, name + "Config")(num_labels=CLASSES, **options)
    return Logits(getattr(transformers, name + "ForImageClassification")(config))


makers = {"tv": of_torchvision, "timm": of_timm, "hf": of_transformers}
out = pathlib.Path(sys.argv[1])
out.mkdir(parents=True, exist_ok=True)
table = pathlib.Path(__file__).with_suffix(".tsv")
for line in table.read_text().splitlines()[1:]:
    library, name, side, _ = line.split("\t")
    path = out / f"{library}-{name}.pt2"
    if path.exists():
        continue
    torch.manual_seed(0)
    side = int(side)
    model = makers[library](name, side).eval()
    batch = torch.export.Dim("batch", min=1)
    try:
        program = torch.export.export(
            model, (torch.zeros(2, 3, side, side),), dynamic_shapes=({0: batch},))
    except Exception:  # some networks can be exported for one picture only
        program = torch.export.export(model, (torch.zeros(1, 3, side, side),))
    torch.export.save(program, path)
    print(path.name, flush=True)
