"""What `rather explain` does, as a short Python script with a hook.

    python Benchmarks/explain_peer.py PHOTO MODEL WHY RATHER_THAN OUT [THREADS]
"""

import base64
import io
import json
import os
import sys

import numpy as np
import torch
from PIL import Image


def preprocessed(photo, card):
    """torchvision's evaluation transform, as the card says."""
    photo = photo.convert("RGB")
    height, width = round(card["height"] / card["crop"]), round(card["width"] / card["crop"])
    if card["resize"] == "shorter-side":
        scale = max(width / photo.width, height / photo.height)
        width = max(width, int(photo.width * scale))
        height = max(height, int(photo.height * scale))
    photo = photo.resize((width, height), Image.BILINEAR)
    left, top = (width - card["width"]) // 2, (height - card["height"]) // 2
    photo = photo.crop((left, top, left + card["width"], top + card["height"]))
    pixels = torch.from_numpy(np.array(photo)).permute(2, 0, 1)[None].float() / 255
    shape = (1, card["channels"], 1, 1)
    return (pixels - torch.tensor(card["mean"]).view(shape)) / torch.tensor(card["std"]).view(shape)


def grad_cams(module, layer, image, scores):
    """Maps of several scores, each by a backward pass of its own."""
    kept = {}
    hook = module.get_submodule(layer).register_forward_hook(
        lambda _module, _inputs, output: kept.update(activation=output))
    logits = module(image).reshape(-1)
    hook.remove()
    maps = []
    for score in scores(logits):
        (gradient,) = torch.autograd.grad(score, kept["activation"], retain_graph=True)
        weights = gradient.mean((2, 3), keepdim=True)
        small = (weights * kept["activation"].detach()).sum(1, keepdim=True)
        large = torch.nn.functional.interpolate(
            small.relu(), image.shape[2:], mode="bilinear", align_corners=False)
        maps.append((large[0, 0].numpy(), small[0, 0].numpy()))
    return logits.detach(), maps


def overlay(photo, heat, top, colors):
    """The map in colours over the photo, at the photo's resolution."""
    share = Image.fromarray(heat / top if top > 0 else heat).resize(photo.size, Image.BILINEAR)
    share = np.clip(np.asarray(share), 0, 1)[..., None]
    grey = np.asarray(photo.convert("L"), dtype=np.float32)[..., None]
    color = colors(share[..., 0])[..., :3].astype(np.float32) * 255
    mixed = grey * (1 - 0.7 * share) + color * 0.7 * share
    file = io.BytesIO()
    Image.fromarray(mixed.astype(np.uint8)).save(file, "png")
    return file.getvalue()


def main(photo_path, model, why, rather_than, out):
    from matplotlib import colormaps

    with open(os.path.splitext(model)[0] + ".json") as file:
        card = json.load(file)
    with open(os.path.join(os.path.dirname(model), card["labels"])) as file:
        labels = file.read().splitlines()
    named = {label.lower(): index for index, label in enumerate(labels)}
    p, q = named[why.lower()], named[rather_than.lower()]
    module = torch.export.unflatten(torch.export.load(model))
    photo = Image.open(photo_path).convert("RGB")
    image = preprocessed(photo, card["input"])
    logits, maps = grad_cams(
        module, card["layers"]["cluster"], image,
        lambda y: [y[p] - y[q], y[q] - y[p], y[p], y[q]])
    names = ["p-rather-than-q", "q-rather-than-p", "p", "q"]
    os.makedirs(out, exist_ok=True)
    arrays, page = {}, ["<!doctype html><meta charset='utf-8'>"]
    for i, (name, (large, small)) in enumerate(zip(names, maps)):
        arrays[name], arrays[name + "/layer"] = large, small
        pair = maps[:2] if i < 2 else maps[2:]
        png = overlay(photo, large, max(m.max() for m, _ in pair), colormaps["inferno"])
        with open(f"{out}/{name}.png", "wb") as file:
            file.write(png)
        page.append(f"<figure><img src='data:image/png;base64,{base64.b64encode(png).decode()}'>"
                    f"<figcaption>{name}</figcaption></figure>")
    np.savez(f"{out}/maps.npz", **arrays)
    with open(f"{out}/index.html", "w") as file:
        file.write("\n".join(page))
    best = logits.softmax(0).topk(5)
    answer = [{"label": labels[i], "probability": v}
              for v, i in zip(best.values.tolist(), best.indices.tolist())]
    with open(f"{out}/manifest.json", "w") as file:
        json.dump({"prediction": answer, "maps": names}, file, indent=2)


if __name__ == "__main__":
    torch.set_num_threads(int(sys.argv[6]) if len(sys.argv) > 6 else 2)
    main(*sys.argv[1:6])
