"""Sampling and relevance methods beside their peers, whole processes in turns; prints tables.

    RATHER_DATA=… python Benchmarks/methods.py [ROUNDS]

The reference of RISE's accuracy, 40,000 masks of the published estimator, is made once and kept in
out/benchmarks.
"""

import json
import os
import pathlib
import statistics
import subprocess
import sys

import numpy as np

DATA = os.environ["RATHER_DATA"]
THREADS = os.environ.get("RATHER_THREADS", "2")
ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 1
OURS = "Benchmarks/.build/release/rather-benchmarks"
FOLDER = pathlib.Path("out/benchmarks")


def ours(name, settings, repeats=1, keep=None):
    out = FOLDER / (keep or "ours.f32")
    text = subprocess.run([OURS, "--method", name, settings, out, str(repeats)], check=True,
                          stdout=subprocess.PIPE, text=True).stdout
    return json.loads(text), np.fromfile(out, dtype=np.float32)


def peer(name, count):
    out = FOLDER / "peer.npy"
    text = subprocess.run(
        [sys.executable, "-W", "ignore", "Benchmarks/method_peers.py", name, DATA, THREADS, out,
         str(count)], check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout
    return json.loads(text.splitlines()[-1]), np.load(out)


def likeness(maps, reference):
    """Mean correlation of seven maps with the reference's."""
    pairs = zip(maps.reshape(7, -1), reference.reshape(7, -1))
    return float(np.mean([np.corrcoef(a, b)[0, 1] for a, b in pairs]))


def reference():
    path = FOLDER / "rise-40000.f32"
    if path.exists():
        return np.fromfile(path, dtype=np.float32)
    print("making the reference of 40,000 masks", file=sys.stderr)
    return ours("rise", "masks=40000,estimator=published", keep=path.name)[1]


def row(what, facts, likeness=None):
    seconds = statistics.median(f["seconds"] for f in facts)
    print(f"| {what} | {seconds:.2f} | {max(f['peak MB'] for f in facts):.0f} | "
          + (f"{likeness:.4f} |" if likeness is not None else "|"))
    return seconds


def rise():
    truth = reference()
    print("\nSeven scores by RISE; likeness is the correlation with 40,000 masks.\n")
    print("| | s | peak, MB | likeness |\n|---|---:|---:|---:|")
    theirs, same, fewer = [], [], []
    for _ in range(ROUNDS):
        theirs.append(peer("rise", 4000))
        same.append(ours("rise", "masks=4000,estimator=published"))
        fewer.append([ours("rise", f"masks={n}") for n in (250, 500, 1000, 2000, 4000)])
    goal = likeness(theirs[0][1], truth)
    slow = row("CWOX's way, 4000 masks, two sets", [f for f, _ in theirs], goal)
    print(f"| … one set | {theirs[0][0]['seconds of one set']:.2f} | | |")
    fast = row("ours, 4000 masks, published", [f for f, _ in same], likeness(same[0][1], truth))
    reached = None
    for i, n in enumerate((250, 500, 1000, 2000, 4000)):
        like = likeness(fewer[0][i][1], truth)
        taken = row(f"ours, {n} masks, default", [turn[i][0] for turn in fewer], like)
        if like >= goal and reached is None:
            reached = (n, taken)
    print(f"\nAt the same number of masks {slow / fast:.1f} times as fast; the target is at least 4. ", end="")
    if reached:
        print(f"As like the reference after {reached[0]} masks, {slow / reached[1]:.1f} times as fast; "
              "the target is at least 10. ", end="")
    print(f"Memory {same[0][0]['peak MB'] / theirs[0][0]['peak MB']:.2f} of the peer's; the target is at most 0.1.")


def paths():
    print("\nIntegrated Gradients of cello and violin from black.\n")
    print("| | s | peak, MB | error, cello | error, violin | points |\n|---|---:|---:|---:|---:|---:|")
    theirs, _ = peer("integrated-gradients", 50)
    cello, violin = theirs["errors"]
    print(f"| Captum, 50 steps, batch {theirs['batch']} | {theirs['seconds']:.2f} | {theirs['peak MB']:.0f} "
          f"| {cello:.4f} | {violin:.4f} | 100 |")
    for settings in ("steps=50", *(f"tolerance={t},steps=500" for t in (0.1, 0.03, 0.01, 0.003))):
        for name in ("integrated-gradients", "integrated-gradients-pair"):
            found, _ = ours(name, settings)
            errors = [f"{abs(found[k]):.4f}" for k in sorted(found) if k.startswith("completenessError")]
            points = "/".join(f"{found[k]:.0f}" for k in sorted(found) if k.startswith("steps"))
            if len(errors) == 1:
                errors = [f"log-odds {errors[0]}", f"Captum's {theirs['error of the log-odds']:.4f}"]
            print(f"| ours, {settings}{', log-odds' if name.endswith('pair') else ''} "
                  f"| {found['seconds']:.2f} | {found['peak MB']:.0f} | {errors[0]} | {errors[1]} | {points} |")


def seven():
    """Seven classes by MWP: one walk with shared rows, beside a call a class."""
    theirs = peer("mwp", 15)[0]
    found = ours("mwp-seven", "", 15)[0]
    print(f"| mwp, seven scores | {7 * theirs['seconds']:.3f} | {found['seconds']:.3f} | "
          f"{7 * theirs['seconds'] / found['seconds']:.1f} | 2 | {theirs['peak MB']:.0f} | {found['peak MB']:.0f} |")


def schemes():
    """A whole output by CWOX-2s: two clusters and five classes, at two layers."""
    print("\nA whole output by CWOX-2s, and one score of it.\n")
    print("| explainer | CWOX's way, s | ours, s | ratio | ours, one score, s | whole to one |")
    print("|---|---:|---:|---:|---:|---:|")
    for name in ("grad-cam", "mwp"):
        slow, _ = peer(f"cwox-2s-{name}", 9)
        text = subprocess.run([OURS, "--scheme", name, FOLDER / "scheme.f32"], check=True,
                              stdout=subprocess.PIPE, text=True).stdout
        fast = json.loads(text)
        print(f"| {name} | {slow['seconds']:.3f} | {fast['seconds']:.3f} | "
              f"{slow['seconds'] / fast['seconds']:.1f} | {fast['seconds of one']:.3f} | {fast['ratio']:.2f} |")


def pairs():
    print("\n| method | peer, s | ours, s | ratio | target | peer, MB | ours, MB |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    for name, settings, count, repeats, wanted in (
            ("lime", "samples=1000", 1000, 1, 5), ("mwp", "", 15, 15, 2),
            ("contrastive-mwp", "", 15, 15, 2), ("score-cam", "", 1, 1, 1.5),
            ("ablation-cam", "", 1, 1, 4)):
        ratios, slow, fast = [], [], []
        for _ in range(ROUNDS):
            slow.append(peer(name, count)[0])
            fast.append(ours(name, settings, repeats)[0])
            ratios.append(slow[-1]["seconds"] / fast[-1]["seconds"])
        print(f"| {name} | {slow[0]['seconds']:.3f} | {fast[0]['seconds']:.3f} | "
              f"{statistics.median(ratios):.1f} | {wanted} | {slow[0]['peak MB']:.0f} | {fast[0]['peak MB']:.0f} |")


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    schemes()
    pairs()
    seven()
    paths()
    rise()
