"""What opening a network of 100 MB costs, and how much of it is the checksum of its records."""

import ctypes
import ctypes.util
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile

import torch

RUNS = int(os.environ.get("RUNS", "15"))
RATHER = os.path.abspath(os.environ.get("RATHER", ".build/release/rather"))
# An earlier build, to set beside this one.
BEFORE = os.environ.get("BEFORE")


class Wide(torch.nn.Module):
    """A network whose weights are nearly all in one layer."""

    def __init__(self, width):
        super().__init__()
        self.conv = torch.nn.Conv2d(3, 4, 3, padding=1)
        self.hidden = torch.nn.Linear(4 * 16 * 16, width)
        self.head = torch.nn.Linear(width, 3)

    def forward(self, x):
        return self.head(self.hidden(self.conv(x).relu().flatten(1)).relu())


def write(folder, name, width):
    torch.manual_seed(0)
    batch = torch.export.Dim("batch", min=1, max=64)
    program = torch.export.export(
        Wide(width).eval(), (torch.zeros(2, 3, 16, 16),), dynamic_shapes=({0: batch},)
    )
    path = os.path.join(folder, name + ".pt2")
    torch.export.save(program, path)
    card = {
        "task": "classification", "labels": ["a", "b", "c"], "output": "logits",
        "input": {
            "height": 16, "width": 16, "channels": 3, "channelOrder": "rgb", "mean": [0.5] * 3, "std": [0.25] * 3,
            "resize": "squash", "crop": 1,
        },
    }
    with open(os.path.join(folder, name + ".json"), "w") as file:
        json.dump(card, file)
    return path


def timed(body):
    start = time.perf_counter()
    body()
    return 1000 * (time.perf_counter() - start)


def told(name, values):
    print(f"{name:<44}{statistics.median(values):9.1f} ms  ({min(values):.1f} to {max(values):.1f})")


def checksums(path):
    """The checksum of every record, by the library that Rather calls, over bytes in memory."""
    library = ctypes.CDLL(ctypes.util.find_library("deflate"))
    library.libdeflate_crc32.restype = ctypes.c_uint32
    library.libdeflate_crc32.argtypes = [ctypes.c_uint32, ctypes.c_void_p, ctypes.c_size_t]
    with zipfile.ZipFile(path) as archive:
        records = [(info.CRC, archive.read(info)) for info in archive.infolist()]

    def body():
        for crc, data in records:
            assert library.libdeflate_crc32(0, data, len(data)) == crc

    return body


def main():
    with tempfile.TemporaryDirectory() as folder:
        large, small = write(folder, "large", 25600), write(folder, "small", 25)
        print(f"a network of {os.path.getsize(large) / 1e6:.0f} MB, {RUNS} runs in turns\n")
        inspect = lambda path, binary=RATHER: subprocess.run(
            [binary, "network", "inspect", path], check=True, stdout=subprocess.DEVNULL
        )
        sides = {
            "rather network inspect, 100 MB": lambda: inspect(large),
            "rather network inspect, 0.1 MB": lambda: inspect(small),
            "a plain read of the file": lambda: open(large, "rb").read(),
            "of the 100 MB: libdeflate's CRC-32": checksums(large),
            "Python's zipfile.testzip": lambda: zipfile.ZipFile(large).testzip(),
            "torch.export.load": lambda: torch.export.load(large),
        }
        if BEFORE:
            sides["before: rather network inspect, 100 MB"] = lambda: inspect(large, BEFORE)
            sides["before: rather network inspect, 0.1 MB"] = lambda: inspect(small, BEFORE)
        found = {name: [] for name in sides}
        for body in sides.values():
            body()
        for _ in range(RUNS):
            for name, body in sides.items():
                found[name].append(timed(body))
        for name, values in found.items():
            told(name, values)
        names = list(sides)
        differences = [a - b for a, b in zip(found[names[0]], found[names[1]])]
        told("opening 100 MB more", differences)
        if BEFORE:
            earlier = [a - b for a, b in zip(found[names[-2]], found[names[-1]])]
            told("before: opening 100 MB more", earlier)
        share = statistics.median(found["of the 100 MB: libdeflate's CRC-32"]) / statistics.median(differences)
        print(f"\nThe checksum takes {share:.2f} of what opening takes.")


if __name__ == "__main__":
    sys.exit(main())
