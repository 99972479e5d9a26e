"""CAUC and CDROP of five maps by Rather and by CWOX's loop, in turns; `Benchmarks/run faithfulness`.

    CWOX=…   a clone of CWOX's repository (needed)   ROUNDS=3   RATHER_THREADS=2
"""

import json
import os
import pathlib
import statistics
import subprocess
import sys

from compare import DATA, ROUNDS, THREADS

OURS = "Benchmarks/.build/release/rather-benchmarks"
FOLDER = pathlib.Path("out/benchmarks").absolute()


def run(command):
    text = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    return json.loads(text.splitlines()[-1])


def main():
    if "CWOX" not in os.environ:
        sys.exit("CWOX is not set: name a clone of CWOX's repository.")
    cwox = os.path.abspath(os.environ["CWOX"])
    FOLDER.mkdir(parents=True, exist_ok=True)
    maps = str(FOLDER / "five.f32")
    ours, theirs = [], []
    for turn in range(ROUNDS):
        ours.append(run([OURS, "--faithfulness", maps, "3"]))
        theirs.append(run([sys.executable, "-W", "ignore", "Benchmarks/faithfulness_peer.py", cwox,
                           os.path.abspath(DATA), str(THREADS), maps, "2"]))
        print(f"round {turn + 1}: ours {min(ours[-1]['seconds']):.2f} s, CWOX's loop "
              f"{min(theirs[-1]['seconds']):.2f} s", file=sys.stderr)
    ratios = [min(b["seconds"]) / min(a["seconds"]) for a, b in zip(ours, theirs)]
    print("\nCAUC and CDROP of five classes' maps, 16 pixels a step, batches of 8 on their side.\n")
    print("| | s | CAUC | CDROP | salient pixels |\n|---|---:|---|---|---|")
    for name, runs in [("Rather", ours), ("CWOX's loop", theirs)]:
        seconds = statistics.median(min(r["seconds"]) for r in runs)
        numbers = [" ".join(f"{x:.5f}" for x in runs[0][key]) for key in ("cauc", "cdrop")]
        print(f"| {name} | {seconds:.2f} | {numbers[0]} | {numbers[1]} | {runs[0]['salient']} |")
    worst = max(abs(a - b) for key in ("cauc", "cdrop") for a, b in zip(ours[0][key], theirs[0][key]))
    print(f"\n{statistics.median(ratios):.1f} times as fast ({min(ratios):.1f} to {max(ratios):.1f}); "
          f"the target is at least 3. {ours[0]['passes']} pictures asked for. Numbers differ by {worst:.1e} at most.")


if __name__ == "__main__":
    main()
