"""Lets `rather documents` and its peers take turns on one folder of photos; `Benchmarks/run documents`.

    NETWORKS=mobilenet-edgetpu,mobilenet-v2   PHOTOS=600   ROUNDS=3   RATHER_THREADS=2
"""

import os
import sys
import tempfile

from compare import DATA, ROUNDS, THREADS, process, ratio, shown, table

NETWORKS = os.environ.get("NETWORKS", "mobilenet-edgetpu,mobilenet-v2").split(",")
PHOTOS = f"{DATA}/photos/nips2017"
COUNT = int(os.environ.get("PHOTOS", "600"))


def commands(photos, model, out):
    rather = ".build/release/rather"
    ours = [rather, "documents", photos, "--model", model, "-o", out, "--force"]
    peer = [sys.executable, "-W", "ignore", "Benchmarks/documents_peer.py", photos, model, out]
    return {
        "rather documents": [*ours, "--threads", THREADS],
        "… one worker, one picture per pass": [*ours, "--threads", "1", "--batch", "1"],
        "rather predict, one picture after another":
            [rather, "predict", photos, "--model", model, "--json", "--threads", THREADS],
        "PyTorch, DataLoader without workers": [*peer, THREADS, "0"],
        "PyTorch, DataLoader with 1 worker": [*peer, THREADS, "1"],
        "PyTorch on 1 thread, DataLoader with 1 worker": [*peer, "1", "1"],
        "PyTorch, 2 workers, batches of 32": [*peer, THREADS, "2", "32"],
    }


def main():
    with tempfile.TemporaryDirectory() as folder:
        photos = f"{folder}/photos"
        os.mkdir(photos)
        names = sorted(name for name in os.listdir(PHOTOS) if name.endswith(".jpg"))[:COUNT]
        for name in names:
            os.symlink(os.path.abspath(f"{PHOTOS}/{name}"), f"{photos}/{name}")
        for name in NETWORKS:
            ways = commands(photos, f"{DATA}/models/{name}.pt2", f"{folder}/docs.txt.gz")
            taken = {way: [] for way in ways}
            for turn in range(ROUNDS):
                for way, command in ways.items():
                    taken[way].append(process(command))
                    print(f"{name}, round {turn + 1}: {way}, {len(names) * 1000 / taken[way][-1][0]:.1f}/s",
                          file=sys.stderr)
            print_rates(name, len(names), taken)


def print_rates(name, count, taken):
    rows = []
    ours = [count * 1000 / wall for wall, _, _ in next(iter(taken.values()))]
    for way, runs in taken.items():
        rates = [count * 1000 / wall for wall, _, _ in runs]
        rows.append([way, shown(rates), ratio(ours, rates), shown([cpu / count for _, _, cpu in runs]),
                     f"{max(peak for _, peak, _ in runs):.0f}"])
    print(f"\nDocuments of {count} photos by {name}, {THREADS} threads, {ROUNDS} rounds.\n")
    table(["", "pictures/s", "ours ÷ it", "processor, ms per picture", "peak, MB"], rows)


if __name__ == "__main__":
    main()
