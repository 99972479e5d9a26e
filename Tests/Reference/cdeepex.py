"""The augmented Lagrangian of CDeepEx by plain gradient descent, one question at a time.

cdeepex.py DECODER.pt2 CLASSIFIER.pt2 QUESTIONS.json

QUESTIONS.json: {"code": [k], "picture": [n], "shape": [C, H, W], "fact": P, "foils": [Q, ...], "method", "slack",
"rate", "steps", "iterations", "threads"}. Prints {"codes": one a foil, "constraints": h a foil, "seconds": all}.
Written from equations 3.2 to 3.4 of Feghahati 2020.
"""

import json
import sys
import time

import torch


def constraints(decode, classify, z, residual, task, fact, foil):
    picture = (decode(z[None]).reshape(1, *task["shape"]) + residual).clamp(*task["range"])
    logits = classify(picture)[0]
    h = logits[fact] - logits[foil]
    if task["method"] == "xgems":
        return h, torch.zeros(0)
    others = torch.tensor([c for c in range(len(logits)) if c not in (fact, foil)])
    rest = logits[others]
    return h, torch.cat([rest - logits[fact], rest - logits[foil]]) - task["slack"]


def search(decode, classify, task, foil):
    start = torch.tensor(task["code"])
    picture = torch.tensor(task["picture"]).reshape(1, *task["shape"])
    with torch.no_grad():
        residual = picture - decode(start[None]).reshape(1, *task["shape"])
    z = start.clone()
    multiplier, pushes, penalty, last, since = 0.0, None, 1.0, float("inf"), 0
    for iteration in range(task["iterations"]):
        z = z.detach().requires_grad_()
        h, g = constraints(decode, classify, z, residual, task, task["fact"], foil)
        if pushes is None:
            pushes = torch.zeros_like(g)
        lagrangian = (
            (z - start).square().sum()
            + multiplier * h
            + penalty / 2 * h.square()
            + ((pushes + penalty * g).clamp(min=0).square() - pushes.square()).sum() / (2 * penalty)
        )
        (gradient,) = torch.autograd.grad(lagrangian, z)
        since += 1
        if since >= task["steps"]:
            found = float(h)
            multiplier += penalty * found
            pushes = (pushes + penalty * g).clamp(min=0).detach()
            if abs(found) > 0.24 * abs(last):
                penalty *= 1.01
            last, since = found, 0
        # The last point is the last one looked at.
        if iteration + 1 < task["iterations"]:
            z = z.detach() - task["rate"] * gradient
    return z, float(h)


def main():
    decoder, classifier, path = sys.argv[1:]
    with open(path) as file:
        task = json.load(file)
    torch.set_num_threads(task.get("threads", 1))
    decode = torch.export.load(decoder).module()
    classify = torch.export.load(classifier).module()
    codes, differences = [], []
    start = time.perf_counter()
    for foil in task["foils"]:
        z, h = search(decode, classify, task, foil)
        codes.append(z.tolist())
        differences.append(h)
    seconds = time.perf_counter() - start
    print(json.dumps({"codes": codes, "constraints": differences, "seconds": seconds}))


main()
