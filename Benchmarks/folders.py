"""Explains a folder of photos by one command, with pages and without; `Benchmarks/run folders`.

    NETWORKS=mobilenet-edgetpu,mobilenet-v2   PHOTOS=600   ROUNDS=3   RATHER_THREADS=2   LOOP=20

LOOP photos are also explained by a command each, as a shell does it that knows no folders.
"""

import os
import shutil
import sys
import tempfile

from compare import DATA, ROUNDS, THREADS, process, shown, table

NETWORKS = os.environ.get("NETWORKS", "mobilenet-edgetpu,mobilenet-v2").split(",")
PHOTOS = f"{DATA}/photos/nips2017"
COUNT = int(os.environ.get("PHOTOS", "600"))
LOOP = int(os.environ.get("LOOP", "20"))
RATHER = ".build/release/rather"
QUESTION = ["--why", "cello", "--rather-than", "violin"]


def linked(folder, names, name):
    photos = f"{folder}/{name}"
    os.mkdir(photos)
    for file in names:
        os.symlink(os.path.abspath(f"{PHOTOS}/{file}"), f"{photos}/{file}")
    return photos


def explained(photos, model, out, words):
    shutil.rmtree(out, ignore_errors=True)
    return process([RATHER, "explain", photos, "--model", model, "--threads", THREADS, "-o", out, *words])


def loop(photos, model, out):
    shutil.rmtree(out, ignore_errors=True)
    line = (f"for photo in {photos}/*.jpg; do {RATHER} explain $photo --model {model} --threads {THREADS} "
            f"-o {out}/$(basename $photo .jpg) > /dev/null; done")
    return process(["sh", "-c", line])


def main():
    ways = {
        "whole output, with pages": [],
        "whole output, --no-pages": ["--no-pages"],
        "one question, with pages": QUESTION,
        "one question, --no-pages": [*QUESTION, "--no-pages"],
    }
    with tempfile.TemporaryDirectory() as folder:
        names = sorted(name for name in os.listdir(PHOTOS) if name.endswith(".jpg"))[:COUNT]
        every = linked(folder, names, "all")
        quarter = linked(folder, names[:len(names) // 4], "quarter")
        few = linked(folder, names[:LOOP], "few")
        out = f"{folder}/out"
        for name in NETWORKS:
            model = f"{DATA}/models/{name}.pt2"
            rows = []
            for way, words in ways.items():
                runs = []
                for turn in range(ROUNDS):
                    runs.append(explained(every, model, out, words))
                    print(f"{name}, round {turn + 1}: {way}, {len(names) * 1000 / runs[-1][0]:.1f}/s",
                          file=sys.stderr)
                part = explained(quarter, model, out, words)
                rows.append([way, shown([len(names) * 1000 / wall for wall, _, _ in runs]),
                             shown([cpu / len(names) for _, _, cpu in runs]),
                             f"{max(peak for _, peak, _ in runs):.0f}", f"{part[1]:.0f}"])
            wall, peak, cpu = loop(few, model, out)
            rows.append([f"a command for each of {LOOP}", f"{LOOP * 1000 / wall:.1f}", f"{cpu / LOOP:.0f}",
                         f"{peak:.0f}", ""])
            print(f"\nGrad-CAM of {len(names)} photos by {name}, {THREADS} threads, {ROUNDS} rounds.\n")
            table(["", "pictures/s", "processor, ms per picture", "peak, MB", "peak of a quarter, MB"], rows)


if __name__ == "__main__":
    main()
