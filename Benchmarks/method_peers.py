"""One method of a peer on mobilenet-edgetpu, as its users run it; a whole process a call.

    python Benchmarks/method_peers.py METHOD DATA THREADS OUT COUNT

METHOD is rise, integrated-gradients, lime, mwp, contrastive-mwp, score-cam, ablation-cam, cwox-2s-grad-cam or cwox-2s-mwp;
COUNT its samples or steps, or for the others the calls that are timed. Maps go to OUT/*.npy, what it took is printed as JSON:
seconds, the process's peak in MB, and the completeness errors of integrated gradients.
"""

import json
import pathlib
import resource
import sys
import time

import numpy as np
import torch
from PIL import Image

from explain_peer import preprocessed

CELLO, VIOLIN, ACOUSTIC, ELECTRIC, BANJO = 486, 889, 402, 546, 420
SETS = [[CELLO], [VIOLIN], [ACOUSTIC], [ELECTRIC], [BANJO], [CELLO, VIOLIN],
        [ACOUSTIC, ELECTRIC, BANJO]]
LAYER = "stage3.29"


def loaded(data):
    return torch.export.unflatten(
        torch.export.load(f"{data}/models/mobilenet-edgetpu.pt2")).requires_grad_(False)


def pixels(data):
    card = json.loads(pathlib.Path(f"{data}/models/mobilenet-edgetpu.json").read_text())["input"]
    photo = Image.open(f"{data}/photos/cwox/cello_guitar.jpg")
    return preprocessed(photo, card), card


def rise(data, count):
    """Masks by scikit-image, all of them in memory, one set of them for classes and one for
    clusters, as CWOX's evaluation draws them."""
    from skimage.transform import resize

    model, (image, _) = loaded(data), pixels(data)
    size = image.shape[2:]
    generator = np.random.RandomState(0)

    def masks(cells, kept):
        cell = np.ceil(np.array(size) / cells).astype(int)
        grid = (generator.rand(count, cells, cells) < kept).astype("float32")
        stack = np.empty((count, *size), dtype=np.float32)
        for i in range(count):
            x, y = generator.randint(0, cell[0]), generator.randint(0, cell[1])
            stack[i] = resize(grid[i], (cells + 1) * cell, order=1, mode="reflect",
                              anti_aliasing=False)[x:x + size[0], y:y + size[1]]
        return torch.from_numpy(stack)[:, None]

    def maps(stack, kept, sets):
        with torch.no_grad():
            shown = stack * image
            answers = torch.cat([model(part).softmax(1) for part in shown.split(50)])
        scores = torch.stack([answers[:, classes].sum(1) for classes in sets])
        return (scores @ stack.reshape(count, -1) / count / kept).reshape(-1, *size)

    start = time.perf_counter()
    found = [maps(masks(7, 0.5), 0.5, SETS[:5])]
    one_set = time.perf_counter() - start
    found.append(maps(masks(7, 0.5), 0.5, SETS[5:]))
    return torch.cat(found).numpy(), {"seconds of one set": one_set}


def integrated_gradients(data, count):
    """Both classes of the pair, Captum's default rule, its fastest batch of a few tried."""
    from captum.attr import IntegratedGradients

    model, (image, card) = loaded(data), pixels(data)
    black = -torch.tensor(card["mean"]) / torch.tensor(card["std"])
    baseline = black.view(1, -1, 1, 1).expand_as(image)
    method = IntegratedGradients(model)

    def attributed(target, batch):
        return method.attribute(image, baseline, target=target, n_steps=count,
                                internal_batch_size=batch, return_convergence_delta=True)

    attributed(CELLO, 4)
    best, taken, found = None, float("inf"), None
    for batch in [1, 2, 4, 8, 16]:
        start = time.perf_counter()
        pair = [attributed(target, batch) for target in [CELLO, VIOLIN]]
        time_taken = time.perf_counter() - start
        if time_taken < taken:
            best, taken, found = batch, time_taken, pair
    errors = [float(delta.abs()) for _, delta in found]
    odds = float((found[0][1] - found[1][1]).abs())
    maps = np.stack([attribution[0].sum(0).detach().numpy() for attribution, _ in found])
    return maps, {"seconds": taken, "batch": best, "errors": errors, "error of the log-odds": odds}


def lime(data, count):
    from lime.lime_image import LimeImageExplainer

    model, (image, card) = loaded(data), pixels(data)
    mean = torch.tensor(card["mean"]).view(-1, 1, 1)
    deviation = torch.tensor(card["std"]).view(-1, 1, 1)
    photo = ((image[0] * deviation + mean) * 255).round().byte().permute(1, 2, 0).numpy()

    def answers(batch):
        inputs = torch.from_numpy(batch).permute(0, 3, 1, 2).float() / 255
        with torch.no_grad():
            return model((inputs - mean) / deviation).softmax(1).numpy()

    start = time.perf_counter()
    found = LimeImageExplainer(random_state=0).explain_instance(
        photo, answers, labels=[CELLO, VIOLIN], top_labels=None, num_samples=count, batch_size=10)
    taken = time.perf_counter() - start
    maps = []
    for label in [CELLO, VIOLIN]:
        weights = dict(found.local_exp[label])
        maps.append(np.vectorize(weights.get)(found.segments).astype(np.float32))
    return np.stack(maps), {"seconds": taken, "segments": int(found.segments.max()) + 1}


def mwp(data, count, contrastive=False):
    sys.path.insert(0, "Tests/Reference")
    import without_torchvision  # noqa: F401
    from torchray.attribution import excitation_backprop as library

    model, (image, _) = loaded(data), pixels(data)
    head = [name for name, module in model.named_modules() if hasattr(module, "weight")][-1]

    def call():
        if contrastive:
            return library.contrastive_excitation_backprop(
                model, image, CELLO, saliency_layer=LAYER, contrast_layer="stage4.17",
                classifier_layer=head)
        return library.excitation_backprop(model, image, CELLO, saliency_layer=LAYER)

    call()
    times = []
    for _ in range(count):
        start = time.perf_counter()
        found = call()
        times.append(time.perf_counter() - start)
    return found.detach().numpy(), {"seconds": float(np.median(times))}


def channels(data, count, method):
    """A class at a layer by pytorch-grad-cam, one pass for each channel, as its documentation has it."""
    import peers  # noqa: F401
    from pytorch_grad_cam import AblationCAM, ScoreCAM
    from pytorch_grad_cam.utils.model_targets import ClassifierOutputTarget

    model, (image, _) = loaded(data), pixels(data)
    kind = {"score-cam": ScoreCAM, "ablation-cam": AblationCAM}[method]
    model.eval = lambda: model  # an exported module has no other mode
    times = []
    for _ in range(count):
        start = time.perf_counter()
        with kind(model=model, target_layers=[model.get_submodule(LAYER)]) as cam:
            found = cam(input_tensor=image, targets=[ClassifierOutputTarget(CELLO)])
        times.append(time.perf_counter() - start)
    return found, {"seconds": float(np.median(times))}


def cwox(data, count, library):
    """A whole output in two stages, a call of TorchRay for each cluster and each class, pairwise
    and with the percentile of CWOX's code."""
    sys.path.insert(0, "Tests/Reference")
    import without_torchvision  # noqa: F401
    from torchray.attribution.excitation_backprop import excitation_backprop
    from torchray.attribution.grad_cam import grad_cam

    method = {"grad-cam": grad_cam, "mwp": excitation_backprop}[library]
    model, (image, _) = loaded(data), pixels(data)
    clusters = [[CELLO, VIOLIN], [ACOUSTIC, ELECTRIC, BANJO]]

    def saliency(classes, layer):
        likely = model(image).softmax(-1)
        start = torch.zeros_like(likely)
        start[0, classes] = likely[0, classes] / likely[0, classes].sum()
        return method(model, image, start, saliency_layer=layer, resize=True)[0, 0].detach().numpy()

    def call():
        found = []
        places = [saliency(cluster, "stage4.17") for cluster in clusters]
        for own, other, cluster in zip(places, places[::-1], clusters):
            evidence = np.maximum(own - other, 0)
            kept = evidence > np.percentile(evidence, 50)
            single = [saliency([label], LAYER) for label in cluster]
            found.append(evidence)
            found += [kept * np.maximum(len(single) * one - sum(single), 0) for one in single]
        return np.stack(found)

    call()
    times = []
    for _ in range(count):
        start = time.perf_counter()
        found = call()
        times.append(time.perf_counter() - start)
    return found, {"seconds": float(np.median(times))}


def main():
    method, data, threads, out, count = sys.argv[1:]
    torch.set_num_threads(int(threads))
    work = {
        "rise": rise, "integrated-gradients": integrated_gradients, "lime": lime, "mwp": mwp,
        "contrastive-mwp": lambda data, count: mwp(data, count, contrastive=True),
        "score-cam": lambda data, count: channels(data, count, "score-cam"),
        "ablation-cam": lambda data, count: channels(data, count, "ablation-cam"),
        "cwox-2s-grad-cam": lambda data, count: cwox(data, count, "grad-cam"),
        "cwox-2s-mwp": lambda data, count: cwox(data, count, "mwp"),
    }[method]
    start = time.perf_counter()
    maps, facts = work(data, int(count))
    facts.setdefault("seconds", time.perf_counter() - start)
    facts["peak MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    np.save(out, maps)
    print(json.dumps(facts))


if __name__ == "__main__":
    main()
