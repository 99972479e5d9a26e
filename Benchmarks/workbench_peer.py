"""CWOX's own page, with the network of the workbench's measurements put into it.

    python Benchmarks/workbench_peer.py CWOX DATA NETWORK THREADS

CWOX is a clone of its repository. Its server runs as it is, in a copy of its folder whose list of networks names one more.
Prints its address once it answers. Spared are what a machine of today lacks: CUDA, two operators of torchvision that only
detectors use, and the time to read the network and to write it into the session.
"""

import copyreg
import functools
import json
import os
import pathlib
import shutil
import sys
import tempfile
import types

import scipy.ndimage
import torch

cwox, data, network, threads = sys.argv[1:]
torch.set_num_threads(int(threads))
for name in ["nms", "qnms"]:
    torch.library.define(f"torchvision::{name}", "(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
# A module that SciPy has put into its parent.
sys.modules["scipy.ndimage.filters"] = types.ModuleType("filters")
sys.modules["scipy.ndimage.filters"].gaussian_filter = scipy.ndimage.gaussian_filter

import torchvision
from werkzeug.serving import make_server


@functools.cache
def loaded(pretrained=True):
    model = torch.export.unflatten(torch.export.load(f"{data}/models/{network}.pt2"))
    model.eval = lambda: model  # an exported module is as it is
    return model


torchvision.models.mobilenet_v2 = loaded
copyreg.pickle(type(loaded()), lambda _: (loaded, ()))
card = json.loads(pathlib.Path(f"{data}/models/{network}.json").read_text())
layers = {"cluster_layer": card["layers"]["cluster"], "class_layer": card["layers"]["class"],
          "layer": card["layers"]["class"]}

with tempfile.TemporaryDirectory() as place:
    folder = shutil.copytree(f"{cwox}/CWOX_Explainer", f"{place}/page")
    path = pathlib.Path(folder) / "site/support_info.json"
    support = json.loads(path.read_text())
    support["models"].append({"name": "MobileNet v2", "value": "mobilenet_v2"})
    for method in support["methods"]:
        for part in ["parameters_cluster", "parameters_class", "parameters_nat"]:
            for one in method[part]:
                one["default"]["mobilenet_v2"] = layers.get(one["name"], one["default"]["resnet50"])
    path.write_text(json.dumps(support))
    os.chdir(folder)
    sys.path.insert(0, folder)
    address = sys.stdout
    sys.stdout = sys.stderr  # it prints what it is asked
    from server import app

    server = make_server("127.0.0.1", 0, app, threaded=True)
    print(f"http://127.0.0.1:{server.port}/", file=address, flush=True)
    server.serve_forever()
