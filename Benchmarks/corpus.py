"""Learning from documents at four sizes; prints a table and draws it.

    RATHER_DATA=… python Benchmarks/corpus.py [ROUNDS]

Each size is a process of its own; sizes take turns. The picture is out/benchmarks/corpus.svg and .png,
where matplotlib is installed.
"""

import json
import math
import os
import pathlib
import statistics
import subprocess
import sys

DOCUMENTS = os.environ["RATHER_DATA"] + "/documents/resnet50-imagenet-val.txt.gz"
THREADS = os.environ.get("RATHER_THREADS", "2")
ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 3
OURS = "Benchmarks/.build/release/confusion-benchmarks"
FOLDER = pathlib.Path("out/benchmarks")
SIZES = (28_097, 112_388, 450_000, 1_280_000)
# What is timed, and the target at the largest size, in seconds.
TIMED = {"reading": None, "iteration": 2, "scoring": None, "structure": 5, "agglomeration": None,
         "louvain": None}


def measure(size):
    text = subprocess.run([OURS, DOCUMENTS, str(size), THREADS], check=True,
                          stdout=subprocess.PIPE, text=True).stdout
    facts = json.loads(text)
    facts["iteration"] = statistics.median(facts["iterations"])
    return facts


def middle(runs, what):
    return statistics.median(run[what] for run in runs)


def exponent(points):
    """The slope of a straight line through logarithms: 1 is linear in words."""
    points = [(math.log(words), math.log(seconds)) for words, seconds in points]
    mean = [statistics.mean(axis) for axis in zip(*points)]
    return (sum((x - mean[0]) * (y - mean[1]) for x, y in points)
            / sum((x - mean[0]) ** 2 for x, _ in points))


def table(runs):
    print("| documents | words | distinct | " + " | ".join(f"{what}, s" for what in TIMED)
          + " | peak, MB | … with structure, MB |")
    print("|---:" * (len(TIMED) + 5) + "|")
    for size in SIZES:
        first = runs[size][0]
        print(f"| {first['documents']:,} | {first['words']:,} | {first['cases']:,} | "
              + " | ".join(f"{middle(runs[size], what):.3f}" for what in TIMED)
              + f" | {max(run['peakOfFit'] for run in runs[size]):.0f} "
              f"| {max(run['peakOfStructure'] for run in runs[size]):.0f} |")
    print()
    print("| | largest ÷ smallest | exponent in words | target, s | reached, s |")
    print("|---|---:|---:|---:|---:|")
    small, large = runs[SIZES[0]], runs[SIZES[-1]]
    print(f"| words | {large[0]['words'] / small[0]['words']:.1f} | 1 | | |")
    for what, wanted in TIMED.items():
        points = [(runs[size][0]["words"], middle(runs[size], what)) for size in SIZES]
        print(f"| {what} | {points[-1][1] / points[0][1]:.1f} | {exponent(points):.2f} "
              f"| {'' if wanted is None else wanted} | {points[-1][1]:.3f} |")


def draw(runs):
    try:
        import matplotlib
    except ImportError:
        return print("matplotlib is not installed; nothing is drawn", file=sys.stderr)
    matplotlib.use("agg")
    import matplotlib.pyplot as pyplot

    figure, (left, right) = pyplot.subplots(1, 2, figsize=(10, 3.6), layout="constrained")
    words = [runs[size][0]["words"] for size in SIZES]
    for what in TIMED:
        seconds = [middle(runs[size], what) for size in SIZES]
        left.loglog(words, seconds, marker="o", markersize=4, linewidth=1.4, label=what)
    start = middle(runs[SIZES[0]], "iteration")
    left.loglog(words, [start * n / words[0] for n in words], color="grey", linewidth=0.8,
                linestyle="--", label="linear")
    left.set(xlabel="words", ylabel="seconds", title="time")
    left.legend(frameon=False, fontsize=8, loc="upper left", bbox_to_anchor=(1, 1))
    for what, label in (("peakOfFit", "reading, EM"), ("peakOfStructure", "… and structure")):
        right.plot([n / 1e6 for n in words], [max(run[what] for run in runs[size]) for size in SIZES],
                   marker="o", markersize=4, linewidth=1.4, label=label)
    right.set(xlabel="million words", ylabel="MB", title="peak memory of the process",
              ylim=(0, None))
    right.legend(frameon=False, fontsize=8)
    for axes in (left, right):
        axes.spines[["top", "right"]].set_visible(False)
    for name in ("corpus.svg", "corpus.png"):
        figure.savefig(FOLDER / name, dpi=150, metadata={"Date": None} if "svg" in name else None)
    print(f"\nDrawn: {FOLDER}/corpus.svg and .png")


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    found = {size: [] for size in SIZES}
    for _ in range(ROUNDS):
        for size in SIZES:
            found[size].append(measure(size))
    table(found)
    draw(found)
