"""Networks of torchvision, timm and transformers with random weights.

`model(library, name, side)` makes one; `rows(table)` reads the names of all from architectures.tsv. What a library sets to
one number throughout (heads of zeros, gains of one or of a millionth) is drawn, too: a network whose head is zero
answers every question with zero. Statistics of batch normalisation are those of some pictures of noise, without which
most of what a picture changes is lost on the way through many layers.
"""

import warnings

import torch

warnings.filterwarnings("ignore")
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


MAKERS = {"tv": of_torchvision, "timm": of_timm, "hf": of_transformers}


def rows(table):
    """Library, name, side and default layer of each network."""
    for line in table.read_text().splitlines()[1:]:
        library, name, side, layer = line.split("\t")
        yield library, name, int(side), layer


def draw_constants(model):
    """Draws every parameter that is one number throughout."""
    stream = torch.Generator().manual_seed(1)
    for name, values in model.named_parameters():
        constant = values.detach().flatten()[0].item() if values.numel() else None
        if constant is None or (values != constant).any():
            continue
        drawn = torch.randn(values.shape, generator=stream)
        if constant == 0 and values.ndim > 1 and "weight" in name:
            drawn *= values[0].numel() ** -0.5  # a layer's weights
        elif constant == 0 and (name.endswith("weight") or values.ndim == 0):
            drawn = 0.3 + 0.05 * drawn  # the gain of a branch that is shut at first
        elif constant == 0:
            drawn *= 0.05  # biases, places
        elif abs(constant) < 0.05:
            drawn = 0.1 + 0.02 * drawn  # the gain of a branch that is nearly shut
        else:
            drawn = constant * (1 + 0.1 * drawn.clamp(-3, 3))
        values.data.copy_(drawn)


def measure_statistics(model, side):
    """Gives batch normalisation the statistics of eight pictures of noise."""
    norms = [m for m in model.modules() if isinstance(m, torch.nn.modules.batchnorm._BatchNorm)]
    if not norms:
        return
    stream = torch.Generator().manual_seed(2)
    noise = torch.randn(8, 3, 8, 8, generator=stream)
    pictures = torch.nn.functional.interpolate(noise, (side, side), mode="bilinear")
    momenta = [norm.momentum for norm in norms]
    for norm in norms:
        norm.train()
        norm.momentum = None
    with torch.no_grad():
        model(pictures)
    for norm, momentum in zip(norms, momenta):
        norm.eval()
        norm.momentum = momentum


def model(library, name, side):
    """A network as it behaves when it is asked; the same numbers every time."""
    torch.manual_seed(0)
    made = MAKERS[library](name, side).eval()
    draw_constants(made)
    measure_statistics(made, side)
    return made
