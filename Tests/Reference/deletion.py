"""Measures random maps of exported networks by CAUC and CDROP, pixel by pixel.

deletion.py OUT NETWORK.pt2 …

Writes OUT/NETWORK/{input,map}.npy and OUT/NETWORK/numbers.json: the classes of the pair, and for both
kinds of arithmetic the salient pixels, CAUC over them, CAUC over two thirds of them, and CDROP.

`equations` deletes single pixels and sums as Xie et al. 2023 print equations 3 to 5. `published`
is what their evaluation code does: the map without negative values over its largest; pixels strictly
above min + half the range; 16 pixels a step; as many points as steps are begun, the untouched
picture first; trapezoids over the number of points that a curve to the last pixel would have; and
the drop to the mean of the last three points.
"""

import json
import math
import pathlib
import sys

import numpy as np
import torch

out = pathlib.Path(sys.argv[1])
for path in sys.argv[2:]:
    program = torch.export.load(path)
    network = program.module()
    meta = [n for n in program.graph.nodes if n.op == "placeholder"][-1].meta["val"]
    shape = [int(s) for s in meta.shape[1:]]
    random = np.random.RandomState(11)
    x = torch.from_numpy(random.randn(1, *shape).astype(np.float32))
    coarse = torch.from_numpy(random.randn(1, 1, 6, 6).astype(np.float32))
    heat = torch.nn.functional.interpolate(coarse, shape[1:], mode="bilinear")[0, 0]
    with torch.no_grad():
        c, *rest = network(x)[0].topk(3).indices.tolist()

    def scores(lengths, order):
        found = []
        for length in lengths:
            altered = x.clone()
            altered.reshape(1, shape[0], -1)[:, :, order[:length]] = 0
            with torch.no_grad():
                p = network(altered)[0].double().softmax(0)
            found.append((p[c] * (1 - p[rest].sum())).item())
        return found

    flat = heat.flatten().double().numpy()
    order = np.argsort(-flat, kind="stable").copy()
    n = len(flat)
    tau = 0.05 * n

    def penalty(count):
        return math.log2(1 + max(count, tau) / tau)

    def equations():
        count = int((flat >= 0.5 * flat.max()).sum())
        s = scores(range(count + 1), order)
        part = count * 2 // 3
        return {
            "salient": count,
            "cauc": sum(s[:count]) / n,
            "caucOfPart": sum(s[:part]) / n,
            "cdrop": (s[0] - s[count]) / penalty(count),
        }

    def published():
        positive = np.maximum(flat, 0) / flat.max()
        count = int((positive > positive.min() + 0.5 * (positive.max() - positive.min())).sum())
        points = math.ceil(count / 16)
        s = scores([16 * i for i in range(points)], order)
        whole = math.ceil(n / 16) + 1

        def area(count):
            own = s[: math.ceil(count / 16)]
            return (sum(own) - (own[0] + own[-1]) / 2) / whole

        end = sum(s[points - 3 : points]) / 3 if points >= 3 else s[points - 1]
        return {
            "salient": count,
            "cauc": area(count),
            "caucOfPart": area(count * 2 // 3),
            "cdrop": (s[0] - end) / penalty(count),
        }

    folder = out / pathlib.Path(path).stem
    folder.mkdir(parents=True, exist_ok=True)
    np.save(folder / "input.npy", x.numpy())
    np.save(folder / "map.npy", heat.numpy())
    numbers = {"fact": c, "foil": rest, "equations": equations(), "published": published()}
    (folder / "numbers.json").write_text(json.dumps(numbers))
