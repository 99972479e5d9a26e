"""What the experiments share: data, networks, runs of `rather`, tables and pictures."""

import argparse
import csv
import gzip
import json
import os
import shlex
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "out" / "experiments"
NETWORKS = OUT / "networks"
FILES = ("t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte")
LEARNT = ("train-images-idx3-ubyte", "train-labels-idx1-ubyte")
CLASSES = {
    "fashion-mnist": ("T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt",
                      "Sneaker", "Bag", "Ankle boot"),
}
DIGITS = tuple("0123456789")


class Failure(Exception):
    """Something from outside is not as an experiment needs it; its text is a sentence."""


# Running


def main(experiment, description, pictures, **options):
    """Reads the arguments and runs an experiment; failures become one sentence."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--pictures", type=int, default=pictures, metavar="N",
                        help=f"pictures asked about, {pictures} if left out")
    parser.add_argument("--seed", type=int, default=0, help="what all randomness follows from")
    for name, (value, text) in options.items():
        parser.add_argument("--" + name, type=type(value), default=value, help=text)
    arguments = parser.parse_args()
    try:
        if arguments.pictures < 1:
            raise Failure("--pictures must be 1 or more")
        experiment(arguments)
    except (Failure, OSError) as error:
        sys.exit(f"Error: {error}")
    except KeyboardInterrupt:
        sys.exit(130)


def chosen(names, known):
    """Some of the known names, as typed with commas between."""
    for name in names.split(","):
        if name not in known.split(","):
            raise Failure(f"“{name}” is none of {known}")
    return names.split(",")


def rather(*words):
    """Runs `rather`, shows its progress, and returns what it printed."""
    program = os.environ.get("RATHER", str(ROOT / ".build/release/rather"))
    command = [program, *map(str, words)]
    # Small networks are slower on many threads than on one.
    environment = {"OMP_NUM_THREADS": "1", **os.environ}
    print("$ rather", shlex.join(command[1:]), file=sys.stderr)
    try:
        done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True)
    except FileNotFoundError:
        raise Failure(f"{program} is not there; run `make build`, or name the binary in RATHER")
    if done.returncode != 0:
        ending = (f"was ended by signal {-done.returncode}" if done.returncode < 0
                  else "failed; it said why above")
        raise Failure(f"`rather {words[0]}` {ending}")
    return done.stdout


# Data


def classes(data):
    """The names of the classes of a data set."""
    return CLASSES.get(data, DIGITS)


def place(data):
    """The folder that holds a data set, from the first place that has it."""
    cache = os.environ.get("RATHER_CACHE") or os.path.join(
        os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"), "rather")
    places = [f"{cache}/datasets/{data}", f"/usr/share/datasets/{data}"]
    if os.environ.get("RATHER_DATA"):
        places.insert(0, f"{os.environ['RATHER_DATA']}/{data}")
    for folder in places:
        if all(os.path.exists(f"{folder}/{name}.gz") for name in FILES):
            return folder
    fetch = "" if data == "kannada-mnist" else f"; `rather data fetch {data}` brings it"
    raise Failure(f"{data} is in none of {', '.join(places)}{fetch}")


def test_set(data):
    """The test pictures `[N, 28, 28]`, 0…255, and their labels."""
    folder = place(data)
    pictures, labels = (gzip.open(f"{folder}/{name}.gz").read() for name in FILES)
    return (np.frombuffer(pictures, np.uint8, offset=16).reshape(-1, 28, 28),
            np.frombuffer(labels, np.uint8, offset=8))


def with_squares(data, side, seed=0):
    """A folder of IDX files: the data set with a grey square at the upper left of a random half of
    all training pictures."""
    folder, source = OUT / "data" / f"{data}-half-squares", place(data)
    if not (folder / FILES[-1]).exists():
        folder.mkdir(parents=True, exist_ok=True)
        for name in (*LEARNT, *FILES):
            if not os.path.exists(f"{source}/{name}.gz"):
                raise Failure(f"{source} has no {name}.gz")
            raw = gzip.open(f"{source}/{name}.gz").read()
            if name == LEARNT[0]:
                pictures = np.frombuffer(raw, np.uint8, offset=16).reshape(-1, 28, 28).copy()
                chosen = np.random.default_rng(seed).random(len(pictures)) < 0.5
                pictures[chosen, :side, :side] = 128
                raw = raw[:16] + pictures.tobytes()
            (folder / name).write_bytes(raw)
    return folder


def written_list(data, count, chosen=lambda label: True):
    """Writes the first test pictures whose label is chosen; returns a list of them and their arrays."""
    pictures, labels = test_set(data)
    places = [i for i, label in enumerate(labels) if chosen(int(label))][:count]
    if len(places) < count:
        raise Failure(f"--pictures is {count}, but {data} has {len(places)} that can be asked about")
    folder = OUT / "pictures" / data
    folder.mkdir(parents=True, exist_ok=True)
    names = []
    for i in places:
        path = folder / f"{i:05}-{labels[i]}.png"
        if not path.exists():
            Image.fromarray(pictures[i]).save(path)
        names.append(str(path))
    key = "-".join(str(label) for label in range(10) if chosen(label))
    path = folder / f"first-{count}-of-{key}.txt"
    path.write_text("\n".join(names) + "\n")
    return path, pictures[places] / 255


# Networks


def trained(kind, name, data, *options):
    """The path of a network, trained if there is none under this name yet."""
    path = NETWORKS / f"{name}.pt2"
    if not path.with_suffix(".json").exists():
        NETWORKS.mkdir(parents=True, exist_ok=True)
        source = data
        if data in ("mnist", "fashion-mnist"):
            options = ("--from", place(data), *options)
        elif not isinstance(data, Path):
            source = place(data)
        said = rather("train", kind, "--data", source, *options, "-o", path)
        path.with_suffix(".txt").write_text(said)
    return path


def classifier(data, name="", *options):
    """The path of a classifier that learnt two passes."""
    return trained("classifier", f"{data}{name}-classifier", data, "--epochs", 2, *options)


def said_of(network):
    """The numbers that training printed about a network, in their order."""
    lines = network.with_suffix(".txt").read_text().splitlines()
    return [float(line.split()[-1]) for line in lines if not line.endswith(".pt2")]


# Answers


class Answers:
    """What `rather counterfactual --summary --keep` found; a row a question."""

    def __init__(self, folder):
        manifest = json.loads((folder / "manifest.json").read_text())
        self.settings, self.foils = manifest["settings"], manifest["foils"]
        with open(folder / "answers.csv", newline="") as file:
            self.rows = list(csv.DictReader(file))
        self.maps = np.load(folder / "maps.npz")
        self.kept = np.load(folder / "examples.npz") if (folder / "examples.npz").exists() else {}
        self.seconds = float((folder / "seconds.txt").read_text())

    def numbers(self, column):
        return np.array([float(row[column] or "nan") for row in self.rows])

    @property
    def equal(self):
        """Where P and Q came to be equally likely."""
        return np.abs(self.numbers("logFact") - self.numbers("logFoil")) < 0.01

    @property
    def third(self):
        """Where a class that was not asked about is likelier than P or Q in the end."""
        least = np.minimum(self.numbers("logFact"), self.numbers("logFoil"))
        return self.equal & (self.numbers("logOther") > least)

    @property
    def answered(self):
        return np.array([row["verdict"] == "converged" for row in self.rows])

    def difference(self, row):
        """An explanation `[H, W]`; `None` where the search failed."""
        key = f"{row}/difference"
        return self.kept[key].mean(0) if key in self.kept else None

    def example(self, row):
        key = f"{row}/example"
        return self.kept[key].mean(0) if key in self.kept else None


def ask(pictures, network, generator, folder, *options):
    """Asks about a list of pictures, unless the same has been asked before."""
    words = ["counterfactual", pictures, "--model", network, "--generator", generator,
             "--summary", "--keep", *options]
    record = shlex.join(map(str, words))
    asked = folder / "asked.txt"
    if not (asked.exists() and asked.read_text() == record):
        start = time.time()
        rather(*words, "--output", folder, "--force")
        (folder / "seconds.txt").write_text(str(time.time() - start))
        asked.write_text(record)
    return Answers(folder)


def mean(values):
    values = np.asarray([value for value in values if value is not None], float)
    return float(np.nanmean(values)) if values.size and not np.isnan(values).all() else None


def cosine(one, other):
    """The cosine of two maps; `None` where there is none."""
    if one is None or other is None:
        return None
    length = np.linalg.norm(one) * np.linalg.norm(other)
    return float((one * other).sum() / length) if length > 0 else None


# Tables


def share(value):
    return "–" if value is None else f"{100 * value:.0f} %"


def number(value, digits=2):
    return "–" if value is None else f"{value:.{digits}f}"


def table(folder, columns, rows):
    """Prints a table as Markdown and writes table.md and table.csv."""
    lines = [columns, ["---"] * len(columns), *rows]
    text = "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines) + "\n"
    print(text)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "table.md").write_text(text)
    with open(folder / "table.csv", "w", newline="") as file:
        csv.writer(file).writerows([columns, *rows])


# Pictures

SIDE = 112
PAPER, INK, SOFT = (255, 255, 255), (20, 20, 20), (110, 110, 110)
ADDED, TAKEN = np.array([214, 39, 40]), np.array([31, 98, 190])
FAILED = (238, 238, 238)


def grey(picture):
    """A picture of 0…1 as a tile."""
    pixels = np.clip(np.asarray(picture) * 255, 0, 255).astype(np.uint8)
    return Image.fromarray(pixels).convert("RGB").resize((SIDE, SIDE), Image.NEAREST)


def change(difference, under=None, scale=None):
    """What is added in red, what is taken away in blue, over a pale picture, as a tile."""
    if difference is None:
        return failed()
    scale = scale or np.abs(difference).max() or 1
    under = np.zeros(difference.shape) if under is None else np.clip(under, 0, 1)
    ground = np.repeat((255 - 75 * under)[..., None], 3, axis=2)
    weight = np.clip(np.abs(difference) / scale, 0, 1)[..., None]
    colour = np.where((difference > 0)[..., None], ADDED, TAKEN)
    pixels = (ground * (1 - weight) + colour * weight).astype(np.uint8)
    return Image.fromarray(pixels).resize((SIDE, SIDE), Image.NEAREST)


def failed(text="no answer"):
    tile = Image.new("RGB", (SIDE, SIDE), FAILED)
    ImageDraw.Draw(tile).text((SIDE / 2, SIDE / 2), text, SOFT, font(13), "mm")
    return tile


def outlined(tile, side, of=28):
    """A tile with a square at its upper left outlined."""
    tile, edge = tile.copy(), side * SIDE // of
    ImageDraw.Draw(tile).rectangle((0, 0, edge, edge), outline=(240, 170, 0), width=2)
    return tile


def font(size):
    for name in ("DejaVuSans.ttf", "LiberationSans-Regular.ttf"):
        try:
            return ImageFont.truetype(name, size)
        except OSError:
            continue
    return ImageFont.load_default(size)


def sheet(path, title, note, columns, rows):
    """Draws a titled grid; a row is its name and its cells, a cell a tile and a line below it."""
    gap, head, line = 10, 13, 17
    names = [name.split("\n") for name, _ in rows]
    left = max([font(head).getlength(part) for name in names for part in name] + [0]) + 2 * gap
    notes = note.split("\n")
    top = 16 + 26 + line * len(notes) + 14
    heads = [column.split("\n") for column in columns]
    headed = line * max(map(len, heads)) + 4
    lines = [max([text.count("\n") + 1 if text else 0 for _, text in cells] + [0])
             for _, cells in rows]
    heights = [SIDE + line * count + gap for count in lines]
    width = int(left + len(columns) * (SIDE + gap) + gap)
    width = max(width, int(max([font(14).getlength(text) for text in notes]
                               + [font(20).getlength(title)]) + 2 * gap))
    image = Image.new("RGB", (width, top + headed + sum(heights) + gap), PAPER)
    draw = ImageDraw.Draw(image)
    draw.text((gap, 14), title, INK, font(20))
    for i, text in enumerate(notes):
        draw.text((gap, 42 + i * line), text, SOFT, font(14))
    for i, parts in enumerate(heads):
        for k, part in enumerate(reversed(parts)):
            draw.text((left + i * (SIDE + gap) + SIDE / 2, top + headed - 6 - k * line), part, INK,
                      font(head), "ms")
    y = top + headed
    for name, (_, cells), height in zip(names, rows, heights):
        for k, part in enumerate(name):
            draw.text((gap, y + SIDE / 2 + (k - (len(name) - 1) / 2) * line), part, INK,
                      font(head), "lm")
        for i, (tile, text) in enumerate(cells):
            x = int(left + i * (SIDE + gap))
            image.paste(tile, (x, y))
            draw.rectangle((x - 1, y - 1, x + SIDE, y + SIDE), outline=(205, 205, 205))
            for k, part in enumerate(text.split("\n") if text else []):
                draw.text((x + SIDE / 2, y + SIDE + 4 + k * line), part, SOFT, font(12), "mt")
        y += height
    path.parent.mkdir(parents=True, exist_ok=True)
    image.save(path)
    print(f"Picture: {os.path.relpath(path)}", file=sys.stderr)
