"""Opens each network and holds its default layer against a table.

architectures_held.py FOLDER TABLE
"""

import json
import pathlib
import subprocess
import sys

folder, table = map(pathlib.Path, sys.argv[1:])
wrong = without = count = 0
for line in table.read_text().splitlines()[1:]:
    library, name, _, wanted = line.split("\t")
    path = folder / f"{library}-{name}.pt2"
    run = subprocess.run(
        [".build/release/rather", "network", "inspect", path, "--json"], capture_output=True, text=True)
    found = "does not open"
    if run.returncode == 0:
        found = json.loads(run.stdout).get("lastSpatialLayer") or "none"
    count += 1
    without += found == "none"
    if found != wanted:
        wrong += 1
        print(f"{path.name}: {found}, and not {wanted}; {run.stderr.strip()[:200]}")
print(f"{count} networks, {without} without a default layer, {wrong} otherwise than in the table")
sys.exit(wrong > 0)
