"""CAUC and CDROP of the maps of five classes by CWOX's own evaluation loop, as its example runs it.

    python Benchmarks/faithfulness_peer.py CWOX DATA THREADS MAPS TURNS

CWOX is a clone of its repository, MAPS five maps and the input, float32. Prints what each turn took and
gave as JSON.
The loop asks for torchvision and seaborn only to read and draw pictures, which is done elsewhere here.
"""

import json
import sys
import time
import types

import numpy as np
import torch

from method_peers import ACOUSTIC, BANJO, CELLO, ELECTRIC, VIOLIN, loaded

cwox, data, threads, maps, turns = sys.argv[1:]
for name in ["torchvision", "torchvision.transforms", "torchvision.datasets"]:
    sys.modules.setdefault(name, types.ModuleType(name))
for name in ["Compose", "Resize", "ToTensor", "Normalize"]:
    setattr(sys.modules["torchvision.transforms"], name, lambda *_, **__: None)
sys.modules["torchvision"].transforms = sys.modules["torchvision.transforms"]
sys.modules["torchvision"].datasets = sys.modules["torchvision.datasets"]
sys.path.insert(0, f"{cwox}/Evaluation")

import os

os.chdir(f"{cwox}/Evaluation")
from evaluation.causal import CausalMetric
from evaluation.common import Explanation

torch.set_num_threads(int(threads))
model = loaded(data)
model.eval = lambda: model  # an exported module is as it is
model.train = lambda mode=True: model
numbers = torch.from_numpy(np.fromfile(maps, dtype=np.float32)).split([5 * 224**2, 3 * 224**2])
heat, image = numbers[0].view(5, 224, 224).double(), numbers[1].view(1, 3, 224, 224)
# Their sort leaves equal values in any order; a last digit puts them row by row, as ours are.
heat -= heat.abs().max() * 1e-13 * torch.arange(224**2).view(224, 224)
groups = [[CELLO, VIOLIN], [ACOUSTIC, ELECTRIC, BANJO]]
pairs = [([c], [d for d in group if d != c]) for group in groups for c in group]
metric = CausalMetric(model=model, metric=["CAUC", "CDROP"], step=16, batch_size=8, delta=0.5,
                      tau_thres=0.05, smooth_len=3)
facts = {"seconds": []}
for _ in range(int(turns)):
    start = time.perf_counter()
    found = [metric.single_run(image, Explanation(target=pair, saliency=values.clip(0) / values.max()))
             for pair, values in zip(pairs, heat)]
    facts["seconds"].append(time.perf_counter() - start)
facts["cauc"] = [result["CAUC"].item() for result, _ in found]
facts["cdrop"] = [result["CDROP"].item() for result, _ in found]
facts["salient"] = [int(count) for _, count in found]
print(json.dumps(facts))
