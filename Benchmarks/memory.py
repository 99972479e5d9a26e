"""Peak resident memory of whole commands, beside what `--memory` allows; `Benchmarks/run memory`.

    BUDGETS=1G,2G,8G   ONLY=evaluate,lrp   RATHER_THREADS=2   RATHER=.build/release/rather

A command keeps its word where its peak is at most 1.15 times the allowance and 200 MB. Where a command is refused
(exit status 64 or 65), its sentence stands in the table.
"""

import os
import pathlib
import subprocess
import sys
import tempfile
import time

DATA = os.environ["RATHER_DATA"]
THREADS = os.environ.get("RATHER_THREADS", "2")
RATHER = os.environ.get("RATHER", ".build/release/rather")
BUDGETS = os.environ.get("BUDGETS", "1G,2G,8G").split(",")
ONLY = os.environ.get("ONLY", "")
FOLDER = pathlib.Path("out/benchmarks").absolute()
NETWORK = f"{DATA}/models/mobilenet-v2.pt2"
TREE = f"{DATA}/trees/resnet50.json"
PHOTO = f"{DATA}/photos/cwox/cello_guitar.jpg"
# Two likely classes in one cluster, and few points of curves.
PAIRED = f"{DATA}/photos/cwox/ILSVRC2012_val_00013587.jpg"
QUESTION = ["--why", "cello", "--rather-than", "violin"]

EXPLAINERS = {
    "grad-cam": "", "guided-backprop": "", "deconvolution": "", "guided-grad-cam": "", "mwp": "", "contrastive-mwp": "",
    "lrp": "", "clrp": "", "sglrp": "", "deeplift": "", "saliency": "", "input-x-gradient": "",
    "integrated-gradients": "steps=32", "noise-tunnel": "samples=5", "gradient-shap": "samples=8", "rise": "masks=400",
    "occlusion": "", "lime": "samples=200", "pda": "samples=2,stride=16",
}


def megabytes(size):
    return int(size[:-1]) * 1024 * 1.048576 if size.endswith("G") else int(size[:-1]) * 1.048576


def peak(words):
    """Status, peak in MB of 10⁶ bytes, seconds, and the last line of messages."""
    with tempfile.TemporaryFile() as messages:
        start = time.perf_counter()
        process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=messages)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        messages.seek(0)
        text = messages.read().decode().strip().splitlines()
    return (process.returncode, usage.ru_maxrss * 1024 / 1e6, time.perf_counter() - start,
            text[-1] if text else "")


def trained(kind, name):
    path = FOLDER / name
    if not path.exists():
        words = [RATHER, "train", kind, "--data", "mnist", "--from", f"{DATA}/mnist", "-o", str(path)]
        subprocess.run(words + ["--epochs", "1"], check=True, stdout=subprocess.DEVNULL)
    return str(path)


def digits(count):
    """A folder of the first test pictures."""
    import gzip

    from PIL import Image
    folder = FOLDER / f"digits-{count}"
    if not folder.exists():
        folder.mkdir()
        with gzip.open(f"{DATA}/mnist/t10k-images-idx3-ubyte.gz") as file:
            pixels = file.read()[16:]
        for i in range(count):
            Image.frombytes("L", (28, 28), pixels[784 * i:784 * (i + 1)]).save(folder / f"{i:04}.png")
    return str(folder)


def commands(folder):
    asked = [PHOTO, "--model", NETWORK, *QUESTION, "-o", f"{folder}/out", "--force"]
    result = {}
    for name, settings in EXPLAINERS.items():
        more = ["--settings", settings] if settings else []
        result[f"explain, {name}"] = [RATHER, "explain", *asked, "--explainer", name, *more]
    result["explain, grad-cam, tree, check"] = [
        RATHER, "explain", PHOTO, "--model", NETWORK, "--tree", TREE, "--check", "-o", f"{folder}/out", "--force"]
    result["compare, five methods"] = [
        RATHER, "compare", *asked, "--explainers", "grad-cam,lrp,rise,integrated-gradients,lime", "--settings",
        "rise:masks=200", "--settings", "lime:samples=200"]
    result["sanity, two methods"] = [
        RATHER, "sanity", *asked, "--explainers", "grad-cam,guided-backprop", "--tests", "cascade,logit"]
    photos = pathlib.Path(folder, "photos")
    photos.mkdir(exist_ok=True)
    link = photos / "photo.jpg"
    if not link.exists():
        link.symlink_to(PAIRED)
    for name, settings in [("zero=absolute", "rise:masks=200"), ("zero=mean", "rise:masks=200,zero=mean")]:
        result[f"evaluate, grad-cam and rise, {name}"] = [
            RATHER, "evaluate", "--model", NETWORK, "--images", str(photos), "--tree", TREE, "--explainers",
            "grad-cam,rise", "--settings", settings, "--step", "48", "-o", f"{folder}/run"]
    result["documents, 100 photos"] = [
        RATHER, "documents", hundred(folder), "--model", NETWORK, "-o", f"{folder}/docs.txt.gz", "--force"]
    classifier, vae = trained("classifier", "memory-digits.pt2"), trained("vae", "memory-vae.pt2")
    result["counterfactual, nine foils"] = [
        RATHER, "counterfactual", f"{digits(60)}/0000.png", "--model", classifier, "--generator", vae,
        "--rather-than", "all", "-o", f"{folder}/out", "--force"]
    result["counterfactual, summary of 60"] = [
        RATHER, "counterfactual", digits(60), "--model", classifier, "--generator", vae, "--rather-than", "8",
        "--summary", "-o", f"{folder}/out", "--force"]
    return result


def hundred(folder):
    photos = pathlib.Path(folder, "hundred")
    if not photos.exists():
        photos.mkdir()
        source = pathlib.Path(f"{DATA}/photos/nips2017").absolute()
        for name in sorted(p.name for p in source.glob("*.jpg"))[:100]:
            (photos / name).symlink_to(source / name)
    return str(photos)


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    rows, broken = [], 0
    with tempfile.TemporaryDirectory() as folder:
        for name, words in commands(folder).items():
            if ONLY and not any(word in name for word in ONLY.split(",")):
                continue
            row = [name]
            for budget in BUDGETS:
                subprocess.run(["rm", "-rf", f"{folder}/run"], check=True)
                status, size, seconds, message = peak([*words, "--memory", budget, "--threads", THREADS])
                allowed = 1.15 * megabytes(budget) + 200
                keeps = size <= allowed
                broken += not keeps or status not in (0, 64, 65)
                row.append(f"{size:.0f}" if status == 0 else f"{size:.0f} ({status}: {message})")
                row.append(f"{size / megabytes(budget):.2f}" + ("" if keeps else " **over**"))
                print(f"{name}, {budget}: {size:.0f} MB of {allowed:.0f} in {seconds:.1f} s, status {status}"
                      + (f", {message}" if status else ""), file=sys.stderr)
            rows.append(row)
    head = ["command"] + [text for budget in BUDGETS for text in (f"{budget}: peak, MB", "÷ allowance")]
    print(f"\nPeak resident memory, {THREADS} threads; the target is at most 1.15 times the allowance plus 200 MB.\n")
    print("| " + " | ".join(head) + " |")
    print("|" + "|".join(["---"] + ["---:"] * (len(head) - 1)) + "|")
    for row in rows:
        print("| " + " | ".join(row) + " |")
    if broken:
        sys.exit(f"{broken} commands did not keep their word")


if __name__ == "__main__":
    main()
