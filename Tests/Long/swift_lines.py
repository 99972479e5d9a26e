"""Asks a workbench several questions, and compiles the programs in Swift that it shows, in a package that depends on this one.

What each program writes has to be what the command beside it writes, byte for byte, but for time, machine and command.
"""

import json
import os
import shlex
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

from halves import draw

rather = sys.argv[1]
# Removed when this script ends.
room = tempfile.TemporaryDirectory()
place = Path(room.name)
questions = [
    {"question": {"why": "left", "ratherThan": "right"}},
    {"question": {"why": "left", "score": "max"}, "method": {"explainer": "saliency", "reduction": "max-abs"}},
    {"question": {"why": "left", "ratherThan": "right", "contrast": "outside", "score": "probability"}, "check": True, "seed": 5},
    {"question": {"why": "right"}, "method": {"explainer": "rise", "settings": "masks=50"}, "seed": 3},
    {"whole": {"tree": False, "clusters": "left;right", "scheme": "cwox-2s", "limit": 2, "mass": 1}},
    {"whole": {"tree": False, "scheme": "swox"}, "method": {"explainer": "integrated-gradients", "settings": "steps=5"}},
]


def run(*words):
    return subprocess.run([str(word) for word in words], cwd=place, check=True, stdout=subprocess.PIPE, text=True).stdout


def ask(address, path, body=None):
    data = None if body is None else json.dumps(body).encode()
    return json.load(urllib.request.urlopen(urllib.request.Request(address + path, data)))


def answers():
    """The command and the program of each question."""
    server = subprocess.Popen([rather, "serve", "--model", "net.pt2", "--port", "0", "pictures/left"], cwd=place,
                              stdout=subprocess.PIPE, text=True)
    try:
        address = server.stdout.readline().strip().rstrip("/")
        picture = ask(address, "/api/inputs")["inputs"][0]["id"]
        for question in questions:
            number = ask(address, "/api/answers", question | {"input": picture})["id"]
            urllib.request.urlopen(f"{address}/api/answers/{number}/events").read()
            answer = ask(address, f"/api/answers/{number}")
            assert answer["state"] == "done", answer["error"]
            yield answer["command"], answer["swift"]
    finally:
        server.terminate()
        server.wait()


def package(programs):
    run("git", "clone", "--quiet", os.getcwd(), place / "rather")
    run("git", "-C", place / "rather", "tag", "--force", "0.2.0")
    targets = []
    for i, text in enumerate(programs):
        (place / f"outside/Sources/asked{i}").mkdir(parents=True)
        (place / f"outside/Sources/asked{i}/main.swift").write_text(text)
        targets.append(f'.executableTarget(name: "asked{i}", dependencies: [.product(name: "Rather", package: "rather")])')
    (place / "outside/Package.swift").write_text(
        "// swift-tools-version: 6.2\nimport PackageDescription\n\nlet package = Package(name: \"outside\", dependencies: "
        f'[.package(url: "file://{place}/rather", from: "0.2.0")], targets: [\n  ' + ",\n  ".join(targets) + "])\n")
    if Path("Package.resolved").exists():
        (place / "outside/Package.resolved").write_bytes(Path("Package.resolved").read_bytes())
    subprocess.run(["swift", "build"], cwd=place / "outside", check=True,
                   env=os.environ | {"PKG_CONFIG_PATH": os.getcwd() + "/.pkgconfig"})
    return place / "outside/.build/debug"


def manifest(folder):
    found = json.loads((folder / "manifest.json").read_text())
    return {key: value for key, value in found.items() if key not in ("created", "machine", "command")}


draw(place / "pictures")
run(rather, "train", "classifier", "--data", "pictures", "--size", "28", "--epochs", "3", "-o", "net.pt2")
asked = list(answers())
built = package([swift for _, swift in asked])
for i, (command, swift) in enumerate(asked):
    words = shlex.split(command)
    run(rather, *words[1:], "--output", place / f"command{i}")
    own = place / run(built / f"asked{i}").strip()
    names = sorted(path.name for path in own.iterdir())
    assert names == sorted(path.name for path in (place / f"command{i}").iterdir()), (command, names)
    for name in names:
        if name == "maps.npz" or name.endswith(".png"):
            assert (own / name).read_bytes() == (place / f"command{i}" / name).read_bytes(), f"{command}: {name} differs"
    assert manifest(own) == manifest(place / f"command{i}"), f"{command}: the manifests differ"
print(f"{len(asked)} programs in Swift write what the commands beside them write")
