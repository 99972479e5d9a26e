"""Opens each network and holds its default layer against a table.

architectures_held.py FOLDER TABLE RATHER

Prints for each network, tabs between, its side, default layer, the layer's shape and the rows and columns of its maps.
"""

import json
import pathlib
import subprocess
import sys

folder, table, rather = map(pathlib.Path, sys.argv[1:])
wrong = without = count = 0
print("network", "side", "layer", "shape", "grid", sep="\t")
for line in table.read_text().splitlines()[1:]:
    library, name, side, wanted = line.split("\t")
    path = folder / f"{library}-{name}.pt2"
    run = subprocess.run(
        [rather, "network", "inspect", path, "--json"], capture_output=True, text=True)
    found, shape, grid = "does not open", "–", "–"
    if run.returncode == 0:
        facts = json.loads(run.stdout)
        found = facts.get("lastSpatialLayer") or "none"
        for layer in facts["layers"]:
            if layer["name"] == found:
                shape = f"[{', '.join('N' if n is None else str(n) for n in layer['shape'])}]"
                grid = " × ".join(str(n) for n in layer["grid"])
    print(path.stem, side, found, shape, grid, sep="\t", flush=True)
    count += 1
    without += found == "none"
    if found != wanted:
        wrong += 1
        print(f"{path.name}: {found}, and not {wanted}; {run.stderr.strip()[:200]}", file=sys.stderr)
print(f"{count} networks, {without} without a default layer, {wrong} otherwise than in the table", file=sys.stderr)
sys.exit(wrong > 0)
