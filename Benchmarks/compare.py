"""Lets Rather and its peers take turns and prints what each took; `Benchmarks/run` calls it."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

DATA = os.environ["RATHER_DATA"]
THREADS = os.environ.get("RATHER_THREADS", "2")
ROUNDS = int(os.environ.get("ROUNDS", "3"))
RUNS = int(os.environ.get("RUNS", "7"))
OURS = "Benchmarks/.build/release/rather-benchmarks"
ALONE = "Benchmarks/.build/release/libtorch-alone"
PHOTO = f"{DATA}/photos/cwox/cello_guitar.jpg"
MODEL = f"{DATA}/models/mobilenet-edgetpu.pt2"


def rounds():
    """Times by name and round: ours, theirs."""
    ours, theirs = {}, {}
    for turn in range(ROUNDS):
        print(f"round {turn + 1} of {ROUNDS}", file=sys.stderr)
        output = subprocess.run([OURS, "--format", "json", "--quiet"], check=True,
                                stdout=subprocess.PIPE).stdout
        for row in json.loads(output)["benchmarks"]:
            ours.setdefault(row["name"].split(".", 1)[1], []).append(row["time"])
        peers = [sys.executable, "-W", "ignore", "Benchmarks/peers.py", DATA, THREADS]
        output = subprocess.run(peers, check=True, stdout=subprocess.PIPE).stdout
        for name, time_taken in json.loads(output).items():
            theirs.setdefault(name, []).append(time_taken)
    return ours, theirs


def shown(times):
    """Median of the rounds and their range."""
    if not times:
        return "–"
    return f"{statistics.median(times):.1f} ({min(times):.1f}–{max(times):.1f})"


def ratio(ours, theirs):
    """Paired by round, so that what slows the machine for both does not count."""
    if not ours or not theirs:
        return "–"
    return f"{statistics.median(a / b for a, b in zip(ours, theirs)):.2f}"


def table(head, rows):
    print("| " + " | ".join(head) + " |")
    print("|" + "|".join(["---"] + ["---:"] * (len(head) - 1)) + "|")
    for row in rows:
        print("| " + " | ".join(row) + " |")
    print()


def print_tables(ours, theirs):
    print("Milliseconds: median of the rounds (smallest–largest).\n")
    table(["name", "ours", "peer", "ours ÷ peer"], [
        [name, shown(times), shown(theirs.get(name)), ratio(times, theirs.get(name))]
        for name, times in ours.items()])
    rows = []
    for name, seven in ours.items():
        if not name.startswith("seven logits"):
            continue
        place = name.removeprefix("seven logits · ")
        one = ours[f"forward and one backward · {place}"]
        calls = theirs.get(f"pytorch-grad-cam, seven calls · {place}")
        batch = theirs.get(f"pytorch-grad-cam, one batch · {place}")
        rows.append([place, shown(seven), shown(one), ratio(seven, one), shown(theirs.get(name)),
                     shown(calls), shown(batch)])
    print("Seven scores ÷ (one forward + one backward of a single score), both ours; "
          "the target is at most 1.3.\n")
    table(["network · layer", "seven, ours", "one, ours", "ratio", "seven, hook loop",
           "seven, pytorch-grad-cam", "… in one batch"], rows)


def process(command):
    """Wall time in milliseconds and peak memory in MB of a whole process."""
    quiet = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    start = time.perf_counter()
    pid = os.posix_spawn(command[0], command, os.environ, file_actions=quiet)
    _, status, usage = os.wait4(pid, 0)
    if status != 0:
        sys.exit(f"{command[0]} failed")
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return ((time.perf_counter() - start) * 1000, usage.ru_maxrss / unit,
            (usage.ru_utime + usage.ru_stime) * 1000)


def print_processes():
    with tempfile.TemporaryDirectory() as folder:
        question = ["cello", "acoustic guitar"]
        commands = {
            "rather explain": [
                ".build/release/rather", "explain", PHOTO, "--model", MODEL, "--why", question[0],
                "--rather-than", question[1], "--output", folder + "/a", "--force",
                "--threads", THREADS],
            "explain_peer.py": [
                sys.executable, "-W", "ignore", "Benchmarks/explain_peer.py", PHOTO, MODEL,
                *question, folder + "/b", THREADS],
            "libtorch alone": [ALONE],
        }
        taken = {name: [] for name in commands}
        for _ in range(RUNS):
            for name, command in commands.items():
                taken[name].append(process(command))
    columns = {name: list(zip(*runs)) for name, runs in taken.items()}
    alone = statistics.median(columns["libtorch alone"][1])
    print(f"Whole processes, {RUNS} runs each.\n")
    table(["process", "wall, ms", "processor, ms", "peak, MB", "above libtorch alone, MB"], [
        [name, shown(wall), shown(cpu), shown(peak), f"{statistics.median(peak) - alone:.0f}"]
        for name, (wall, peak, cpu) in columns.items()])
    ours, theirs = columns["rather explain"], columns["explain_peer.py"]
    print(f"Wall time, ours ÷ peer: {ratio(ours[0], theirs[0])}; the target is at most 0.5.")


if __name__ == "__main__":
    if RUNS:
        print_processes()
        print()
    if ROUNDS:
        print_tables(*rounds())
