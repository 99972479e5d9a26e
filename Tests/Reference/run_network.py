"""Runs an archive in PyTorch on a fixed input; prints the module paths that it finds.

run_network.py NETWORK.pt2 SHAPE OUT    SHAPE is 3,1,16,16; writes OUT/output.npy
"""

import sys

import numpy as np
import torch

program = torch.export.load(sys.argv[1])
shape = [int(n) for n in sys.argv[2].split(",")]
count = int(np.prod(shape))
x = (np.arange(count) % 13).astype(np.float32) / np.float32(6) - np.float32(1)
with torch.no_grad():
    y = program.module()(torch.from_numpy(x.reshape(shape)))
np.save(f"{sys.argv[3]}/output.npy", y.numpy())
for node in program.graph.nodes:
    for path, _ in node.meta.get("nn_module_stack", {}).values():
        print(path)
