"""All nine foils of one digit: `rather counterfactual` as a whole process, beside nine runs of a plain PyTorch loop
(Tests/Reference/cdeepex.py) of the same iterations, whose start is not counted. Trains what it needs once, in out/benchmarks."""

import argparse
import gzip
import json
import os
import pathlib
import subprocess
import sys
import time

import numpy as np
import torch
from PIL import Image

ROOT = pathlib.Path(__file__).resolve().parent.parent
RATHER = os.environ.get("RATHER", str(ROOT / ".build/release/rather"))
FOLDER = ROOT / "out/benchmarks"
RATE, STEPS = 0.01, 50


def trained(kind, name, data):
    path = FOLDER / name
    if not path.exists():
        words = [RATHER, "train", kind, "--data", "mnist", "--from", data, "-o", str(path)]
        subprocess.run(words + ["--epochs", "2"], check=True, stdout=subprocess.DEVNULL)
    return str(path)


def digit(data, index):
    with gzip.open(f"{data}/t10k-images-idx3-ubyte.gz") as file:
        pixels = np.frombuffer(file.read(), np.uint8, offset=16).reshape(-1, 28, 28)[index]
    path = FOLDER / f"digit-{index}.png"
    Image.fromarray(pixels).save(path)
    return str(path), torch.tensor(pixels.copy()).float()[None, None] / 255


class OnPictures(torch.nn.Module):
    """The classifier on pictures of 0…1."""

    def __init__(self, network, card):
        super().__init__()
        self.network, self.mean, self.std = network, card["mean"][0], card["std"][0]

    def forward(self, pictures):
        return self.network((pictures - self.mean) / self.std)


def task(model, generator, picture, iterations, threads):
    """Writes what the loop is asked, and returns its arguments."""
    with open(model.replace(".pt2", ".json")) as file:
        card = json.load(file)["input"]
    network = OnPictures(torch.export.load(model).module(), card)
    batch = {0: torch.export.Dim("batch")}
    wrapped = torch.export.export(network, (torch.zeros(2, 1, 28, 28),), dynamic_shapes=(batch,))
    torch.export.save(wrapped, FOLDER / "on-pictures.pt2")
    encoder = torch.export.load(generator.replace(".pt2", "-encoder.pt2")).module()
    fact = int(network(picture).argmax())
    asked = {
        "code": encoder(picture)[0].tolist(), "picture": picture.flatten().tolist(), "shape": [1, 28, 28],
        "fact": fact, "foils": [c for c in range(10) if c != fact], "method": "cdeepex",
        "slack": -0.01, "range": [0, 1], "rate": RATE, "steps": STEPS, "iterations": iterations,
        "threads": threads}
    (FOLDER / "task.json").write_text(json.dumps(asked))
    return [generator, str(FOLDER / "on-pictures.pt2"), str(FOLDER / "task.json")]


def ours(picture, model, generator, words, environment):
    start = time.perf_counter()
    done = subprocess.run(
        [RATHER, "counterfactual", picture, "--model", model, "--generator", generator, "--rather-than", "all",
         "--starts", "1", "--output", str(FOLDER / "nine"), "--force", *words],
        check=True, capture_output=True, text=True, env=environment)
    seconds = time.perf_counter() - start
    return seconds, sum("distance" in line for line in done.stdout.splitlines())


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--iterations", type=int, default=1000)
    arguments.add_argument("--rounds", type=int, default=3)
    options = arguments.parse_args()
    threads = os.environ.get("RATHER_THREADS", "2")
    environment = {**os.environ, "OMP_NUM_THREADS": threads}
    data = os.environ.get("RATHER_DATA", "") + "/mnist"
    FOLDER.mkdir(parents=True, exist_ok=True)
    model, generator = trained("classifier", "digits.pt2", data), trained("vae", "digits-vae.pt2", data)
    path, picture = digit(data, 4)
    words = task(model, generator, picture, options.iterations, int(threads))
    descent = ["--minimiser", "descent", "--iterations", str(options.iterations), "--rate", str(RATE),
               "--inner-steps", str(STEPS)]
    print(f"nine foils, {options.iterations} iterations of descent, {threads} threads\n")
    print("| PyTorch, nine runs, s | ours, the same descent, s | ratio | ours, Gauss–Newton, s | ratio | foils answered, descent | Gauss–Newton |")
    print("|---|---|---|---|---|---|---|")
    for _ in range(options.rounds):
        loop = subprocess.run(
            [sys.executable, "-W", "ignore", str(ROOT / "Tests/Reference/cdeepex.py"), *words], check=True,
            capture_output=True, text=True, env=environment)
        theirs = json.loads(loop.stdout)["seconds"]
        same, answered = ours(path, model, generator, descent, environment)
        quick, found = ours(path, model, generator, [], environment)
        print(f"| {theirs:.2f} | {same:.2f} | {theirs / same:.1f} | {quick:.2f} | {theirs / quick:.1f} | {answered} | {found} |")


main()
