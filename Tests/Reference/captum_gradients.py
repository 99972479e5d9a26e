"""Attributes scores of exported networks by Captum's gradient methods, with draws that were given.

captum_gradients.py OUT NETWORK.pt2 …

Reads from OUT/NETWORK: classes.npy (P, Q), input.npy, baseline.npy, noisy.npy (the noisy copies of
the input), and shap-noisy.npy, starts.npy and fractions.npy (the noisy copy, baseline and place of each
of GradientSHAP's points).
Writes OUT/NETWORK/SCORE.METHOD.npy. Captum does the arithmetic; only its random numbers are replaced.
"""

import pathlib
import sys

import numpy as np
import torch
from captum.attr import InputXGradient, IntegratedGradients, NoiseTunnel, Saliency
from captum.attr._core.gradient_shap import InputBaselineXGradient

STEPS = 4

out = pathlib.Path(sys.argv[1])
for path in sys.argv[2:]:
    folder = out / pathlib.Path(path).stem
    network = torch.export.load(path).module()

    def array(name):
        return torch.from_numpy(np.load(folder / f"{name}.npy"))

    p, q = array("classes").long().tolist()
    x, baseline, noisy = array("input"), array("baseline"), array("noisy")
    ends, starts, fractions = array("shap-noisy"), array("starts"), array("fractions")
    count = len(noisy)

    # Points go one at a time, as Rather takes them: kernels round otherwise for other batches, and a
    # difference in the last digit can turn a rectifier.
    def smoothed(method, kind):
        copies = iter(noisy.split(1))
        NoiseTunnel._add_noise_to_input = staticmethod(lambda *given: next(copies).clone())
        options = {"abs": False} if isinstance(method, Saliency) else {}
        tunnel = NoiseTunnel(method)
        return tunnel.attribute(x, nt_type=kind, nt_samples=count, nt_samples_batch_size=1,
                                stdevs=1.0, **options)

    def expected(score):
        places = iter(fractions.double().numpy())
        np.random.uniform = lambda low, high, size: np.array([next(places)])
        inner = InputBaselineXGradient(score)
        parts = [inner.attribute(end.clone(), baselines=start)
                 for end, start in zip(ends.split(1), starts.split(1))]
        return torch.cat(parts).mean(0, keepdim=True)

    scores = {
        "logit": lambda x: network(x)[:, p],
        "log-odds": lambda x: network(x)[:, p] - network(x)[:, q],
        "probability": lambda x: network(x).softmax(1)[:, p],
    }
    for name, score in scores.items():
        maps = {"saliency": Saliency(score).attribute(x.clone(), abs=False)}
        if name != "probability":
            maps["times-input"] = InputXGradient(score).attribute(x.clone())
            maps["path"] = IntegratedGradients(score).attribute(
                x, baselines=baseline, n_steps=STEPS, method="gausslegendre",
                internal_batch_size=1,
            )
            maps["shap"] = expected(score)
        if name == "logit":
            maps["smoothed"] = smoothed(Saliency(score), "smoothgrad")
            maps["squared"] = smoothed(InputXGradient(score), "smoothgrad_sq")
            maps["variance"] = smoothed(Saliency(score), "vargrad")
        for method, values in maps.items():
            np.save(folder / f"{name}.{method}.npy", values.detach().float().numpy())
