"""What `rather documents` does, as a plain PyTorch loop over a DataLoader.

    python Benchmarks/documents_peer.py FOLDER MODEL OUT [THREADS [WORKERS [BATCH]]]

With WORKERS 0 the pictures are read by the loop itself. An archive that was exported for one picture
takes a batch of 1.
"""

import gzip
import json
import os
import sys

import torch
from PIL import Image

from explain_peer import preprocessed


class Photos(torch.utils.data.Dataset):
    def __init__(self, folder, card):
        self.paths = sorted(os.path.join(folder, name) for name in os.listdir(folder)
                            if name.lower().endswith((".jpg", ".jpeg", ".png")))
        self.card = card

    def __len__(self):
        return len(self.paths)

    def __getitem__(self, index):
        return preprocessed(Image.open(self.paths[index]), self.card)[0]


def document(logits, mass):
    probabilities, classes = logits.softmax(0).sort(descending=True, stable=True)
    count = int((probabilities.cumsum(0) <= mass).sum()) + 1
    return " ".join(map(str, classes[:count].tolist()))


def main(folder, model, out, threads=2, workers=1, batch=8):
    torch.set_num_threads(int(threads))
    with open(os.path.splitext(model)[0] + ".json") as file:
        card = json.load(file)["input"]
    module = torch.export.load(model).module()
    loader = torch.utils.data.DataLoader(
        Photos(folder, card), batch_size=int(batch), num_workers=int(workers))
    with torch.no_grad(), gzip.open(out, "wt") as file:
        for images in loader:
            for logits in module(images):
                file.write(document(logits, 0.95) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
