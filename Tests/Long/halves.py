"""Pictures whose left or right half is bright.

halves.py      draws forty of each into pictures/left and pictures/right
"""

import pathlib
import struct
import zlib


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def draw(folder):
    for name in ["left", "right"]:
        (folder / name).mkdir(parents=True)
        for i in range(40):
            rows = b"".join(
                b"\0" + bytes((180 if (x < 14) == (name == "left") else 20) + (x * 7 + y * 13 + i * 29) % 40 for x in range(28))
                for y in range(28))
            (folder / name / f"{i}.png").write_bytes(
                b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 28, 28, 8, 0, 0, 0, 0))
                + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


if __name__ == "__main__":
    draw(pathlib.Path("pictures"))
