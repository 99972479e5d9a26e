"""What every network of architectures.tsv is asked: a picture, a card, and a question to the command."""

import json
import math
import struct
import subprocess
import zlib

CLASSES = 5


def pixels(side):
    """Rows of red, green, blue bytes: smooth colours with an edge in them."""
    for y in range(side):
        row = []
        for x in range(side):
            wave = 127 * math.sin(9 * x / side) * math.cos(7 * y / side)
            row.append([int(v) % 256 for v in (127 + wave, 200 * x / side, 30 + 190 * (x + y > side))])
        yield row


def write_picture(path, side):
    rows = b"".join(b"\0" + bytes(v for pixel in row for v in pixel) for row in pixels(side))
    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def card(side):
    return {
        "task": "classification", "output": "logits", "labels": [f"c{i}" for i in range(CLASSES)],
        "input": {
            "height": side, "width": side, "channels": 3, "channelOrder": "rgb", "mean": [0.5] * 3, "std": [0.25] * 3,
            "resize": "squash", "crop": 1,
        },
    }


def write_question(folder, side):
    """Writes the picture and the card that `explain` names."""
    write_picture(folder / "picture.png", side)
    (folder / "card.json").write_text(json.dumps(card(side)))


def explain(rather, network, folder, *words):
    """Asks about the picture; the report is folder/report."""
    return subprocess.run(
        [rather, "explain", folder / "picture.png", "--model", network, "--card", folder / "card.json", *words,
         "--output", folder / "report", "--no-pages", "--force"], capture_output=True, text=True)
