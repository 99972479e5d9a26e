"""What torchvision, timm, transformers and Ultralytics feed their networks of photos, beside the cards of it.

picture_inputs.py SCRIPTS OUT

SCRIPTS holds what `rather export` prints, NAME.py. For each photo OUT/PHOTO.png, which is made, and each transform of a
library that is installed, OUT/NAME-PHOTO.npy is the network's input, [1, C, H, W], and OUT/NAME.json the card's `input`.
No network is loaded.
"""

import importlib.util
import json
import os
import pathlib
import re
import sys
import tempfile
import types

os.environ["YOLO_CONFIG_DIR"] = tempfile.mkdtemp()
os.environ["HF_HUB_OFFLINE"] = "1"

import numpy as np
import torch
from PIL import Image

# Names of operators that are never called.
OPERATORS = torch.library.Library("torchvision", "FRAGMENT")
SIZES = [(333, 500), (601, 402), (90, 401)]


def photo(height, width):
    y, x = np.mgrid[0:height, 0:width] / max(height, width)
    waves = [np.sin(9 * x + 5 * y), np.cos(7 * y * y + 3 * x), np.sin(25 * x * y)]
    noise = np.random.default_rng(7).normal(0, 16, (height, width, 3))
    return Image.fromarray(np.clip(128 + 100 * np.stack(waves, 2) + noise, 0, 255).astype(np.uint8))


def has(name):
    return importlib.util.find_spec(name) is not None


def import_torchvision():
    """Imports it, also where its own operators, which transforms do not need, are made for another torch."""
    try:
        import torchvision
    except RuntimeError:
        for name in [name for name in sys.modules if name.startswith("torchvision")]:
            del sys.modules[name]
        fakes = pathlib.Path(importlib.util.find_spec("torchvision").origin).with_name("_meta_registrations.py")
        for name in sorted(set(re.findall(r'register_fake\("torchvision::(\w+)"', fakes.read_text()))):
            OPERATORS.define(name + "(Tensor x) -> Tensor")
        import torchvision


def torchvision_inputs():
    from torchvision.models import EfficientNet_B0_Weights, Inception_V3_Weights, ResNet50_Weights, Swin_V2_T_Weights

    for name, weights in [
        ("resnet50", ResNet50_Weights.IMAGENET1K_V2), ("resnet50-1", ResNet50_Weights.IMAGENET1K_V1),
        ("efficientnet", EfficientNet_B0_Weights.DEFAULT), ("swin", Swin_V2_T_Weights.DEFAULT),
        ("inception", Inception_V3_Weights.DEFAULT),
    ]:
        transforms = weights.transforms()
        yield name, transforms, transforms


def timm_inputs():
    import timm

    usual = dict(input_size=(3, 224, 224), interpolation="bicubic", crop_pct=0.95, crop_mode="center",
                 mean=(0.485, 0.456, 0.406), std=(0.229, 0.224, 0.225))
    for name, said in [
        ("center", {}), ("bilinear", dict(interpolation="bilinear", crop_pct=0.9)),
        ("squash", dict(input_size=(3, 256, 256), crop_pct=0.9, crop_mode="squash")),
        ("border", dict(crop_pct=0.9, crop_mode="border")), ("all", dict(crop_pct=1.0, crop_mode="border")),
        ("wide", dict(input_size=(3, 160, 224), crop_pct=1.0)), ("lanczos", dict(interpolation="lanczos")),
    ]:
        config = usual | said
        yield name, config, timm.data.create_transform(**config, is_training=False)


def transformers_inputs():
    import transformers

    half, plain = [0.5] * 3, {"shortest_edge": 224}
    for name, processor in [
        ("vit", transformers.ViTImageProcessor(image_mean=half, image_std=half)),
        ("clip", transformers.CLIPImageProcessor()),
        ("convnext", transformers.ConvNextImageProcessor(size=plain, crop_pct=0.875)),
        ("convnext-384", transformers.ConvNextImageProcessor(size={"shortest_edge": 384})),
        ("dinov2", transformers.BitImageProcessor(size={"shortest_edge": 256}, crop_size={"height": 224, "width": 224})),
        ("efficientnet-hf", transformers.EfficientNetImageProcessor(
            size={"height": 224, "width": 224}, resample=3, include_top=True)),
        ("siglip", transformers.SiglipImageProcessor()),
    ]:
        yield name, processor, lambda image, p=processor: p(image, return_tensors="pt")["pixel_values"][0]


def ultralytics_inputs():
    from ultralytics.data.augment import classify_transforms

    for name, size in [("yolo", 224), ("yolo-wide", (192, 256))]:
        transforms = classify_transforms(size)
        yield name, transforms, transforms


def main(scripts, out):
    photos = {f"{h}x{w}": photo(h, w) for h, w in SIZES}
    for name, image in photos.items():
        image.save(out / (name + ".png"))
    if not has("torchvision"):
        return
    import_torchvision()
    wanted = {
        "torchvision": (torchvision_inputs, ["torchvision"]), "timm": (timm_inputs, ["timm"]),
        "transformers": (transformers_inputs, ["transformers"]),
        "ultralytics-cls": (ultralytics_inputs, ["ultralytics", "cv2"]),
    }
    for library, (inputs, modules) in wanted.items():
        if not all(map(has, modules)):
            continue
        script = types.ModuleType("script")
        exec((scripts / (library + ".py")).read_text(), script.__dict__)
        for name, source, transforms in inputs():
            (out / (name + ".json")).write_text(json.dumps(script.picture_input(source)))
            for of, image in photos.items():
                np.save(out / f"{name}-{of}.npy", transforms(image)[None].numpy())


main(*map(pathlib.Path, sys.argv[1:]))
