"""Exits with 0 when every requirement of a file is installed, without starting pip."""

import sys
from importlib.metadata import PackageNotFoundError, version

for line in open(sys.argv[1]):
    line = line.split("#")[0].strip()
    if not line:
        continue
    name, _, wanted = line.partition("==")
    try:
        found = version(name)
    except PackageNotFoundError:
        sys.exit(1)
    if wanted and not found.startswith(wanted.rstrip("*")):
        sys.exit(1)
