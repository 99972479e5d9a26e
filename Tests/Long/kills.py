"""Kills commands at random moments, looks at what is left, and runs them again.

Whatever was there before has to be whole; what the killed command was writing has to be whole or
absent, but for work that is taken up again; and the command that is run again has to give what an
uninterrupted one gives.
"""

import hashlib
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time

import numpy
from PIL import Image

RATHER = os.path.abspath(".build/release/rather")
OUT = os.environ.get("OUT", "out/long/kills")
MOMENTS = int(os.environ.get("MOMENTS", "20"))
SIGNALS = [signal.SIGKILL, signal.SIGINT, signal.SIGTERM]
ENVIRONMENT = dict(os.environ, OMP_NUM_THREADS="1", SWIFT_BACKTRACE="enable=no")

# Each command, what it writes, and what of that is compared. What an interrupted run may leave is
# named last: it is taken up by the same command.
COMMANDS = {
    "explain": (
        ["explain", "photos/0.png", "--model", "net.pt2", "--explainer", "rise", "--settings",
         "masks=1500", "-o", "report"],
        ["report/maps.npz"], []),
    "compare": (
        ["compare", "photos/0.png", "--model", "net.pt2", "--explainers", "grad-cam,lime",
         "--settings", "lime:samples=300", "-o", "report"],
        ["report/maps.npz"], []),
    "sanity": (
        ["sanity", "photos/0.png", "--model", "net.pt2", "--explainers", "grad-cam", "-o", "report"],
        ["report/maps.npz"], []),
    "documents": (
        ["documents", "photos", "--model", "net.pt2", "-o", "documents.txt.gz"],
        ["documents.txt.gz"], ["documents.txt.gz.part"]),
    "tree learn": (
        ["tree", "learn", "lines.txt", "-o", "tree.json"], ["tree.json"], []),
    "evaluate": (
        ["evaluate", "--model", "net.pt2", "--images", "photos", "--limit", "6", "--clusters",
         "a,b", "--mass", "0.9999999", "--explainers", "grad-cam,occlusion", "--threads", "1", "-o", "run"],
        ["run/records.sqlite"], ["run"]),
    "train classifier": (
        ["train", "classifier", "--data", "classes", "--size", "16", "--epochs", "3", "-o",
         "other.pt2"],
        ["other.pt2"], []),
    "train vae": (
        ["train", "vae", "--data", "classes", "--size", "16", "--epochs", "2", "-o", "vae.pt2"],
        ["vae.pt2", "vae-encoder.pt2"], []),
}


def make(folder):
    """Pictures of two classes, a list of documents, and a network that tells the classes apart."""
    draw = numpy.random.default_rng(0)
    for label in ["a", "b"]:
        os.makedirs(f"{folder}/classes/{label}")
        for i in range(60):
            pixels = draw.integers(0, 90, (24, 24, 3), dtype=numpy.uint8)
            place = draw.integers(2, 12)
            pixels[place : place + 8, place : place + 8, 0 if label == "a" else 2] += 150
            Image.fromarray(pixels).save(f"{folder}/classes/{label}/{i}.png")
    os.makedirs(f"{folder}/photos")
    for i in range(40):
        label = "ab"[i % 2]
        shutil.copy(f"{folder}/classes/{label}/{i}.png", f"{folder}/photos/{i}.png")
    with open(f"{folder}/lines.txt", "w") as file:
        for _ in range(3000):
            start = int(draw.integers(0, 10)) * 6
            file.write(" ".join(str(start + c) for c in draw.permutation(6)[:3]) + "\n")
    run(["train", "classifier", "--data", "classes", "--size", "16", "--epochs", "2", "-o", "net.pt2"],
        folder)


def run(words, folder, stop=None):
    """Runs a command, killed after `stop` = (seconds, signal); returns status and seconds."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [RATHER] + words, cwd=folder, env=ENVIRONMENT, stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE, text=True)
    if stop:
        try:
            process.wait(stop[0])
        except subprocess.TimeoutExpired:
            process.send_signal(stop[1])
    messages = process.communicate()[1]
    if not stop and process.returncode != 0:
        raise SystemExit(f"rather {' '.join(words)} ended with {process.returncode}: {messages}")
    return process.returncode, time.perf_counter() - start


def digest(path):
    """What a file says: the bytes, or the curves of a run, whose pages depend on their history."""
    if path.endswith(".sqlite"):
        with sqlite3.connect(path) as records:
            tables = [row[0] for row in records.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE '%curve%'")]
            rows = [sorted(map(repr, records.execute(f"SELECT * FROM {table}"))) for table in sorted(tables)]
            assert any(rows), "a run without curves"
            return hashlib.sha256(repr(rows).encode()).hexdigest()
    with open(path, "rb") as file:
        data = file.read()
    return hashlib.sha256(data).hexdigest()


def listing(folder):
    return {
        os.path.relpath(os.path.join(place, name), folder)
        for place, folders, names in os.walk(folder) for name in names}


def faults_of(name, sound):
    words, compared, kept = COMMANDS[name]
    whole = f"{OUT}/whole"
    fresh(sound, whole)
    _, seconds = run(words, whole)
    right = {path: digest(f"{whole}/{path}") for path in compared}
    before = {path: digest(f"{sound}/{path}") for path in listing(sound)}
    faults = []
    chance = random.Random(name)
    for moment in range(MOMENTS):
        killed = f"{OUT}/killed"
        fresh(sound, killed)
        number = SIGNALS[moment % len(SIGNALS)]
        at = chance.uniform(0.02, seconds)
        status, _ = run(words, killed, (at, number))
        told = f"{name}, {number.name} after {at:.2f} of {seconds:.2f} s"
        for path, old in before.items():
            if digest(f"{killed}/{path}") != old:
                faults.append(f"{told}: {path} is not what it was")
        left = listing(killed) - set(before)
        for path in compared:
            is_work = any(path.startswith(k) for k in kept)
            if path in left and not is_work and digest(f"{killed}/{path}") != right[path]:
                faults.append(f"{told}: {path} is not whole")
        finished = all(path in left for path in compared) and status == 0
        again = words + (["--force"] if finished and not kept else [])
        if finished and kept and name == "documents":
            again = words + ["--force"]
        # What is whole though its process was killed at the very end is asked for anew.
        if not finished and any(path in left for path in compared) and not kept:
            again = words + ["--force"]
        run(again, killed)
        for path in compared:
            if digest(f"{killed}/{path}") != right[path]:
                faults.append(f"{told}: {path} is another when run again")
        rest = listing(killed) - listing(whole)
        if rest:
            faults.append(f"{told}: {sorted(rest)[:3]} stay behind")
    print(f"{name:<18}{MOMENTS} kills of {seconds:.2f} s, {len(faults)} faults", flush=True)
    return faults


def fresh(sound, folder):
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(sound, folder)


def main():
    os.makedirs(OUT, exist_ok=True)
    sound = f"{OUT}/sound"
    shutil.rmtree(sound, ignore_errors=True)
    os.makedirs(sound)
    make(sound)
    names = sys.argv[1:] or list(COMMANDS)
    faults = [fault for name in names for fault in faults_of(name, sound)]
    for fault in faults:
        print(fault)
    print(f"{len(names)} commands, {MOMENTS * len(names)} kills, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
